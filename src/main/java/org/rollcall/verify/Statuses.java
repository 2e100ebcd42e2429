package org.rollcall.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.Bounces;
import org.rollcall.member.Reason;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Where every member of every group stands. */
public final class Statuses {
  private static final Map<String, String> REASONS =
      Stream.of(Reason.values()).collect(Collectors.toMap(Reason::name, Reason::text));

  private final Store store;

  public Statuses(Store store) {
    this.store = store;
  }

  /**
   * One member in one group, as {@code status --members} prints it.
   *
   * @param bounceCode of the last mail, when it came back; the other two are about it
   * @param advice what to do about the bounce
   * @param byHand who put the member there by hand, whether or not the source does as well
   */
  public record MemberStatus(
      String memberKey,
      String group,
      @Nullable String email,
      @Nullable String list,
      String status,
      @Nullable String reason,
      @Nullable String detail,
      @Nullable Instant at,
      @Nullable String bounceCode,
      @Nullable Instant bouncedAt,
      @Nullable String advice,
      @Nullable ByHand byHand) {}

  /** Who made a membership by hand in the hub, and when. */
  public record ByHand(String by, Instant at) {
    static @Nullable ByHand of(ResultSet row) throws SQLException {
      String by = row.getString("made_by");
      return by == null
          ? null
          : new ByHand(by, Objects.requireNonNull(Query.instant(row, "made_at")));
    }
  }

  /** A group with its counts: members = eligible + not applicable. */
  public record GroupStatus(
      String group,
      @Nullable String list,
      long members,
      long eligible,
      long synced,
      long pending,
      long sending,
      long unsubscribed,
      long failed,
      long held,
      long notApplicable,
      @Nullable Instant at) {}

  /** Gives every member of a sync, ordered by group and key, without holding them all. */
  public void members(String sync, Consumer<MemberStatus> sink) {
    store.run(
        connection ->
            Query.named(connection, "verify/member_statuses")
                .bind("sync", sync)
                .streaming(1000)
                .each(row -> sink.accept(member(row))));
  }

  /** One member in all groups; what a page of one shows. */
  public List<MemberStatus> ofMember(String sync, String key) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "verify/statuses_of_member")
                    .bind("sync", sync)
                    .bind("member", key)
                    .list(Statuses::member)));
  }

  /** A place among the members of a sync, which are ordered by key and then by group. */
  public record Place(String memberKey, String group) {
    public static final Place BEGINNING = new Place("", "");
  }

  /**
   * So many members from a place on, found by index however many there are.
   *
   * @param account by whose name the sync is meant
   * @param group absent for all
   */
  public List<MemberStatus> page(
      String account, String sync, @Nullable String group, Place after, int atMost) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "verify/member_page")
                    .bind("account", account)
                    .bind("sync", sync)
                    .bind("group", group)
                    .bind("afterMember", after.memberKey())
                    .bind("afterGroup", after.group())
                    .bind("most", atMost)
                    .list(Statuses::member)));
  }

  public List<GroupStatus> groups(String sync) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "verify/group_statuses")
                    .bind("sync", sync)
                    .list(Statuses::group)));
  }

  private static MemberStatus member(ResultSet row) throws SQLException {
    return new MemberStatus(
        row.getString("member_key"),
        row.getString("group_name"),
        row.getString("email"),
        row.getString("list"),
        row.getString("status"),
        inWords(row.getString("reason")),
        row.getString("detail"),
        Query.instant(row, "at"),
        row.getString("bounce_code"),
        Query.instant(row, "bounced_at"),
        Bounces.advice(row.getString("bounce_code")),
        ByHand.of(row));
  }

  /** The rules' reasons are kept by name, so that their words can be bettered. */
  static @Nullable String inWords(@Nullable String reason) {
    return reason == null ? null : REASONS.getOrDefault(reason, reason);
  }

  private static GroupStatus group(ResultSet row) throws SQLException {
    return new GroupStatus(
        row.getString("group_name"),
        row.getString("list"),
        row.getLong("members"),
        row.getLong("members") - row.getLong("not_applicable"),
        row.getLong("synced"),
        row.getLong("pending"),
        row.getLong("sending"),
        row.getLong("unsubscribed"),
        row.getLong("failed"),
        row.getLong("held"),
        row.getLong("not_applicable"),
        Query.instant(row, "at"));
  }
}
