package org.rollcall.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ActivityKind;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** What is known about what members did with campaigns. */
public final class ActivityLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;

  public ActivityLog(Store store) {
    this.store = store;
  }

  /**
   * Something that was done.
   *
   * @param memberKey absent when no member of the sync is behind the contact
   * @param what {@code send}, {@code open}, {@code click}, {@code bounce}, {@code opt_out}, {@code
   *     forward}
   * @param device absent where the provider tells none, as with opens by a privacy proxy
   */
  public record Entry(
      @Nullable String memberKey,
      String what,
      String campaignId,
      String campaign,
      Instant at,
      @Nullable String link,
      @Nullable String bounceCode,
      @Nullable String reason,
      @Nullable String device) {}

  /**
   * A campaign with how many contacts did what, by the provider's own count.
   *
   * @param read how many activities were read
   */
  public record Campaign(
      String campaignId,
      String name,
      Instant sentAt,
      Map<String, Long> contacts,
      long complaints,
      long read) {}

  /**
   * What a member did lately; the counts are of the last 90 days.
   *
   * @param unansweredSince the first mailing after the last open, click or forward
   * @param unanswered how many came since
   * @param bounceCode of a bounce after which nothing was opened and the address not changed
   * @param advice what to do about it
   */
  public record Engagement(
      String memberKey,
      @Nullable Instant lastSend,
      @Nullable Instant lastOpen,
      @Nullable Instant lastClick,
      long sends,
      long opens,
      long clicks,
      @Nullable Instant unansweredSince,
      long unanswered,
      @Nullable String bounceCode,
      @Nullable String advice) {}

  /** Gives entries, the newest first, without holding them all. */
  public void each(
      String sync,
      @Nullable String member,
      @Nullable String campaign,
      @Nullable Instant since,
      Consumer<Entry> sink) {
    store.run(
        connection ->
            Query.named(connection, "activity/entries")
                .bind("sync", sync)
                .bind("member", member)
                .bind("campaign", campaign)
                .bind("since", since)
                .bind("beforeAt", null)
                .bind("beforeNo", null)
                .bind("beforeMember", null)
                .bind("most", null)
                .streaming(1000)
                .each(row -> sink.accept(entry(row))));
  }

  /** What a member did; {@code next} is where the following page begins, absent at the end. */
  public record Timeline(List<Entry> entries, @Nullable String next) {}

  private record Mark(Instant at, long number) {
    static final Mark NOW = new Mark(Instant.parse("9999-01-01T00:00:00Z"), Long.MAX_VALUE);

    static Mark of(@Nullable String text) {
      if (text == null || !text.matches("[-0-9T:.]+Z_[0-9]{1,18}")) {
        return NOW;
      }
      int split = text.indexOf('_');
      try {
        return new Mark(
            Query.kept(Instant.parse(text.substring(0, split))),
            Long.parseLong(text.substring(split + 1)));
      } catch (DateTimeException e) {
        return NOW;
      }
    }
  }

  /**
   * What a member did, the newest first.
   *
   * @param from {@link Timeline#next} of the page before; null begins with the newest
   */
  public Timeline timeline(String sync, String member, @Nullable String from, int atMost) {
    Mark before = Mark.of(from);
    List<Mark> marks = new ArrayList<>();
    List<Entry> entries =
        store.transaction(
            connection ->
                Query.named(connection, "activity/timeline")
                    .bind("sync", sync)
                    .bind("member", member)
                    .bind("at", before.at())
                    .bind("no", before.number())
                    .bind("most", atMost + 1)
                    .list(
                        row -> {
                          Entry entry = entry(row);
                          marks.add(new Mark(entry.at(), row.getLong("activity_no")));
                          return entry;
                        }));
    if (entries.size() <= atMost) {
      return new Timeline(entries, null);
    }
    Mark last = marks.get(atMost - 1);
    return new Timeline(List.copyOf(entries.subList(0, atMost)), last.at() + "_" + last.number());
  }

  /** What one member did lately; empty when nothing is known. */
  public Optional<Engagement> engagementOf(String sync, String member) {
    return store.transaction(
        connection ->
            Query.named(connection, "activity/engagement_of")
                .bind("sync", sync)
                .bind("member", member)
                .first(ActivityLog::engagement));
  }

  /** An entry's place; the newest comes first. */
  public record Place(Instant at, long number, String memberKey) {}

  /** An entry with its place. */
  public record Placed(Entry entry, Place place) {}

  /**
   * So many entries from a place on, the newest first.
   *
   * @param before absent to begin at the newest
   */
  public List<Placed> page(
      String sync,
      @Nullable String member,
      @Nullable String campaign,
      @Nullable Instant since,
      @Nullable Place before,
      int atMost) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "activity/entries")
                    .bind("sync", sync)
                    .bind("member", member)
                    .bind("campaign", campaign)
                    .bind("since", since)
                    .bind("beforeAt", before == null ? null : before.at())
                    .bind("beforeNo", before == null ? null : before.number())
                    .bind("beforeMember", before == null ? null : before.memberKey())
                    .bind("most", atMost)
                    .list(ActivityLog::placed)));
  }

  private static Placed placed(ResultSet row) throws SQLException {
    Entry entry = entry(row);
    return new Placed(
        entry,
        new Place(
            entry.at(),
            row.getLong("activity_no"),
            Objects.requireNonNullElse(entry.memberKey(), "")));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("member_key"),
        row.getString("kind"),
        row.getString("campaign_id"),
        row.getString("campaign"),
        row.getTimestamp("at").toInstant(),
        row.getString("link"),
        row.getString("bounce_code"),
        row.getString("reason"),
        row.getString("device"));
  }

  /** The campaigns, the newest first. */
  public List<Campaign> campaigns(String sync, @Nullable Instant since) {
    return store.transaction(
        connection ->
            Query.named(connection, "activity/campaigns")
                .bind("sync", sync)
                .bind("since", since)
                .list(ActivityLog::campaign));
  }

  private static Campaign campaign(ResultSet row) throws SQLException {
    Map<String, Long> contacts = new TreeMap<>();
    String json = row.getString("contacts");
    for (ActivityKind kind : ActivityKind.values()) {
      contacts.put(kind.word(), count(json, kind.word()));
    }
    return new Campaign(
        row.getString("campaign_id"),
        row.getString("name"),
        row.getTimestamp("sent_at").toInstant(),
        contacts,
        row.getLong("complaints"),
        row.getLong("held"));
  }

  private static long count(String json, String word) {
    try {
      return JSON.readTree(json).path(word).asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives every member of a sync, or one, by key, without holding them all. */
  public void engagement(String sync, @Nullable String member, Consumer<Engagement> sink) {
    store.run(
        connection ->
            Query.named(connection, "activity/engagement")
                .bind("sync", sync)
                .bind("member", member)
                .streaming(1000)
                .each(row -> sink.accept(engagement(row))));
  }

  private static Engagement engagement(ResultSet row) throws SQLException {
    return new Engagement(
        row.getString("member_key"),
        Query.instant(row, "last_send"),
        Query.instant(row, "last_open"),
        Query.instant(row, "last_click"),
        row.getLong("sends"),
        row.getLong("opens"),
        row.getLong("clicks"),
        Query.instant(row, "unanswered_since"),
        row.getLong("unanswered"),
        row.getString("bounce_code"),
        Bounces.advice(row.getString("bounce_code")));
  }
}
