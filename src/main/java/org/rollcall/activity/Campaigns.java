package org.rollcall.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ActivityKind;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Campaigns with what became of them, page by page and over time. */
public final class Campaigns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** A campaign that is younger is shown by the hour. */
  private static final Duration YOUNG = Duration.ofDays(2);

  private static final int MOST_DAYS = 30;
  private static final int MOST_LINKS = 100;

  private final Store store;
  private final Settings settings;
  private final Runs runs;

  public Campaigns(Store store, Settings settings, Runs runs) {
    this.store = store;
    this.settings = settings;
    this.runs = runs;
  }

  /**
   * A campaign with how many contacts did what at least once, by the provider's own count.
   *
   * @param name absent until its mailings were read
   * @param gone the provider has no report about it any more
   */
  public record Summary(
      String campaignId,
      @Nullable String name,
      Instant sentAt,
      Map<ActivityKind, Long> contacts,
      long complaints,
      boolean gone) {
    public long count(ActivityKind kind) {
      return contacts.getOrDefault(kind, 0L);
    }

    /** Mails that did not come back. */
    public long delivered() {
      return Math.max(0, count(ActivityKind.SEND) - count(ActivityKind.BOUNCE));
    }

    /**
     * How many of 100: bounces of what was sent, everything else of what was delivered. Absent when
     * there was nothing to answer.
     */
    public Optional<Double> rate(ActivityKind kind) {
      long of = kind == ActivityKind.BOUNCE ? count(ActivityKind.SEND) : delivered();
      return of == 0 ? Optional.empty() : Optional.of(100.0 * count(kind) / of);
    }
  }

  /** Where the next page begins: behind this campaign. */
  public record Cursor(Instant sentAt, String campaignId) {}

  /**
   * What was done within one step of time, counting every event.
   *
   * @param last everything later is in it as well
   */
  public record Step(Instant from, Map<ActivityKind, Long> events, boolean last) {
    public long count(ActivityKind kind) {
      return events.getOrDefault(kind, 0L);
    }
  }

  /**
   * @param clicks every one, also of the same person
   */
  public record Link(String url, long clicks) {}

  /**
   * A campaign as far as it was read.
   *
   * @param step how long a step is: an hour, or a day
   * @param steps from the first event on, none left out; empty when nothing was read
   * @param links the most clicked first
   */
  public record Course(Summary summary, Duration step, List<Step> steps, List<Link> links) {}

  /**
   * The newest first.
   *
   * @param before only campaigns behind it; null begins with the newest
   * @throws org.rollcall.settings.SettingsException when there is no such sync
   */
  public List<Summary> page(String sync, @Nullable Cursor before, int most) {
    Target target = target(sync);
    return store.transaction(connection -> page(connection, target, null, before, most));
  }

  private static List<Summary> page(
      Connection connection,
      Target target,
      @Nullable String campaign,
      @Nullable Cursor before,
      int most)
      throws SQLException {
    return Query.named(connection, "activity/campaign_page")
        .bind("account", target.accountId())
        .bind("campaign", campaign)
        .bind("before", before == null ? null : before.sentAt())
        .bind("beforeId", before == null ? null : before.campaignId())
        .bind("most", most)
        .list(Campaigns::summary);
  }

  private static Summary summary(ResultSet row) throws SQLException {
    return new Summary(
        row.getString("campaign_id"),
        row.getString("name"),
        Objects.requireNonNull(Query.instant(row, "sent_at")),
        contacts(row.getString("contacts")),
        row.getLong("complaints"),
        row.getBoolean("gone"));
  }

  private static Map<ActivityKind, Long> contacts(String json) {
    Map<ActivityKind, Long> contacts = new EnumMap<>(ActivityKind.class);
    try {
      JsonNode tree = JSON.readTree(json);
      for (ActivityKind kind : ActivityKind.values()) {
        contacts.put(kind, tree.path(kind.word()).asLong());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return contacts;
  }

  /** One campaign over time; absent when the sync's account has none of this id. */
  public Optional<Course> find(String sync, String campaign) {
    Target target = target(sync);
    return store.transaction(
        connection -> {
          List<Summary> found = page(connection, target, campaign, null, 1);
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(course(connection, target, found.get(0)));
        });
  }

  private static Course course(Connection connection, Target target, Summary summary)
      throws SQLException {
    Span span =
        about(connection, target, summary, "campaign_span")
            .first(row -> new Span(Query.instant(row, "first"), Query.instant(row, "last")))
            .orElseThrow();
    List<Link> links =
        about(connection, target, summary, "campaign_links")
            .bind("most", MOST_LINKS)
            .list(row -> new Link(row.getString("url"), row.getLong("clicks")));
    List<Step> steps = span.first() == null ? List.of() : steps(connection, target, summary, span);
    return new Course(summary, span.step(), steps, links);
  }

  private record Span(@Nullable Instant first, @Nullable Instant last) {
    Duration length() {
      return first == null || last == null ? Duration.ZERO : Duration.between(first, last);
    }

    Duration step() {
      return length().compareTo(YOUNG) < 0 ? HOUR : DAY;
    }

    int lastStep() {
      long most = step().equals(DAY) ? MOST_DAYS : YOUNG.toHours();
      return (int) Math.min(length().dividedBy(step()), most);
    }
  }

  private static List<Step> steps(Connection connection, Target target, Summary summary, Span span)
      throws SQLException {
    Instant first = Objects.requireNonNull(span.first());
    int last = span.lastStep();
    List<Map<ActivityKind, Long>> events = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      events.add(new EnumMap<>(ActivityKind.class));
    }
    about(connection, target, summary, "campaign_steps")
        .bind("first", first)
        .bind("seconds", span.step().toSeconds())
        .bind("lastStep", last)
        .each(
            row ->
                events
                    .get(row.getInt("step"))
                    .put(ActivityKind.of(row.getString("kind")), row.getLong("events")));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      boolean rest = i == MOST_DAYS && span.length().toDays() > MOST_DAYS;
      steps.add(new Step(first.plus(span.step().multipliedBy(i)), events.get(i), rest));
    }
    return steps;
  }

  private static Query about(Connection connection, Target target, Summary summary, String name) {
    return Query.named(connection, "activity/" + name)
        .bind("account", target.accountId())
        .bind("campaign", summary.campaignId());
  }

  /** What was done until then is known; absent when activities were never read to the end. */
  public Optional<Instant> readUntil(String sync) {
    Target target = target(sync);
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT activities_at FROM account WHERE account_id = :account")
                .bind("account", target.accountId())
                .first(row -> Optional.ofNullable(Query.instant(row, "activities_at")))
                .orElseThrow());
  }

  private Target target(String sync) {
    SyncSettings of = settings.sync(sync);
    return runs.target(of, settings.account(of.account()));
  }
}
