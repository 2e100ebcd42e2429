package org.rollcall.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.CsvLine;
import org.rollcall.member.Reason;
import org.rollcall.run.Target;
import org.rollcall.settings.Mode;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * The members of one group, page by page. Who may belong to a page is found by an index, and how
 * they stand is computed for those few, so that a page takes as long with a million members as with
 * ten.
 */
public final class GroupMembers {
  private static final String OUTSTANDING =
      "SELECT member_key FROM outstanding WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND status = :status AND member_key > :after"
          + " ORDER BY member_key LIMIT :most";

  private static final String ALL =
      "SELECT member_key FROM member WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND member_key > :after ORDER BY member_key LIMIT :most";

  private static final String SYNCED =
      "SELECT member_key FROM member m WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND member_key > :after AND present AND group_winner"
          + " AND reason IS NULL AND NOT EXISTS (SELECT FROM outstanding o"
          + " WHERE o.account_id = m.account_id AND o.sync_id = m.sync_id"
          + " AND o.group_name = m.group_name AND o.member_key = m.member_key"
          + " AND o.status IN ('pending', 'sending', 'unsubscribed', 'failed', 'held'))"
          + " ORDER BY member_key LIMIT :most";

  private static final String LEFT_OUT =
      "SELECT member_key FROM member WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND member_key > :after"
          + " AND present AND (reason IS NOT NULL OR NOT group_winner)"
          + " AND reason IS DISTINCT FROM 'UNSUBSCRIBED_BEFORE'"
          + " AND (:reason::text IS NULL OR coalesce(reason, 'SHARED_ADDRESS') = :reason"
          + " OR (:reason = 'MARKETING_OPT_OUT' AND reason = 'OPTED_OUT_ELSEWHERE'))"
          + " ORDER BY member_key LIMIT :most";

  /** A sync that only takes away leaves out whoever is not on the list, too. */
  private static final String NOT_TAKEN_AWAY =
      "SELECT member_key FROM member m WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND member_key > :after AND present"
          + " AND reason IS DISTINCT FROM 'UNSUBSCRIBED_BEFORE'"
          + " AND (reason IS NOT NULL OR NOT group_winner OR NOT EXISTS (SELECT FROM sync_group g"
          + " JOIN membership k ON k.account_id = g.account_id AND k.list_no = g.list_no"
          + " WHERE g.account_id = m.account_id AND g.sync_id = m.sync_id"
          + " AND g.group_name = m.group_name AND k.address = m.address))"
          + " ORDER BY member_key LIMIT :most";

  private static final String BY_KEY =
      "SELECT member_key FROM member WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND member_key >= :text AND member_key < :end"
          + " ORDER BY member_key LIMIT :most";

  private static final String BY_NAME =
      "SELECT member_key FROM member WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND sort_name >= :text COLLATE \"C\""
          + " AND sort_name < :end COLLATE \"C\" ORDER BY sort_name LIMIT :most";

  private static final String BY_ADDRESS =
      "SELECT member_key FROM member WHERE account_id = :account AND sync_id = :sync"
          + " AND group_name = :group AND address >= :text AND address < :end"
          + " ORDER BY address LIMIT :most";

  /** Behind every text that begins alike. */
  private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

  private final Store store;

  public GroupMembers(Store store) {
    this.store = store;
  }

  /**
   * A member of the group.
   *
   * @param winnerName whose name the contact carries, absent without one; the winner's key beside
   *     it
   * @param others up to three members who have the address as well, besides the winner
   * @param more how many more share it
   * @param doNotSend the source says so
   * @param unsubscribed the contact is, at the provider
   */
  public record Member(
      String key,
      @Nullable String name,
      @Nullable String email,
      String status,
      @Nullable String reason,
      @Nullable String detail,
      @Nullable Instant at,
      @Nullable String winnerKey,
      @Nullable String winnerName,
      @Nullable String others,
      long more,
      boolean doNotSend,
      boolean unsubscribed,
      @Nullable Instant optOutAt) {}

  /** What a page may show only. */
  public enum Only {
    ALL,
    SYNCED,
    PENDING,
    SENDING,
    UNSUBSCRIBED,
    FAILED,
    HELD,
    NOT_APPLICABLE;

    /** As statuses are written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Which members to show.
   *
   * @param reason of those that are not applicable, absent for all reasons
   * @param after only keys behind this one; empty to begin
   */
  public record Wish(Only only, @Nullable Reason reason, String after) {}

  /**
   * Some members.
   *
   * @param next where the next page begins, absent on the last
   */
  public record Page(List<Member> members, @Nullable String next) {}

  /** A page of so many members at most, by key. Fewer when some have just got another status. */
  public Page page(Target target, String group, Wish wish, int atMost) {
    return store.transaction(
        connection -> {
          List<String> keys =
              of(Query.of(connection, statement(target, wish)), target, group)
                  .bind("status", wish.only().word())
                  .bind("reason", wish.reason() == null ? null : wish.reason().name())
                  .bind("after", wish.after())
                  .bind("most", atMost + 1)
                  .list(row -> row.getString(1));
          String next = keys.size() > atMost ? keys.get(atMost - 1) : null;
          List<Member> members =
              members(connection, target, group, keys.subList(0, Math.min(atMost, keys.size())));
          members.removeIf(member -> !fits(member, wish));
          return new Page(List.copyOf(members), next);
        });
  }

  private static String statement(Target target, Wish wish) {
    boolean takesAway = target.sync().mode() == Mode.REMOVE_ONLY && wish.reason() == null;
    return switch (wish.only()) {
      case ALL -> ALL;
      case SYNCED -> SYNCED;
      case NOT_APPLICABLE -> takesAway ? NOT_TAKEN_AWAY : LEFT_OUT;
      case PENDING, SENDING, UNSUBSCRIBED, FAILED, HELD -> OUTSTANDING;
    };
  }

  private static boolean fits(Member member, Wish wish) {
    return wish.only() == Only.ALL || member.status().equals(wish.only().word());
  }

  /**
   * Members whose key, name or address begins with the text; of a name the last name, or that of
   * the company.
   */
  public List<Member> search(Target target, String group, String text, int atMost) {
    String folded = text.strip().toLowerCase(Locale.ROOT);
    return store.transaction(
        connection -> {
          TreeSet<String> keys = new TreeSet<>();
          keys.addAll(begin(connection, BY_KEY, target, group, text.strip(), atMost));
          keys.addAll(begin(connection, BY_NAME, target, group, folded, atMost));
          keys.addAll(begin(connection, BY_ADDRESS, target, group, folded, atMost));
          return members(connection, target, group, keys.stream().limit(atMost).toList());
        });
  }

  private static List<String> begin(
      Connection connection, String sql, Target target, String group, String text, int atMost)
      throws SQLException {
    return of(Query.of(connection, sql), target, group)
        .bind("text", text)
        .bind("end", text + LAST)
        .bind("most", atMost)
        .list(row -> row.getString(1));
  }

  private static List<Member> members(
      Connection connection, Target target, String group, List<String> keys) throws SQLException {
    return new ArrayList<>(
        of(Query.named(connection, "verify/group_page"), target, group)
            .bind("keys", keys.toArray(String[]::new))
            .list(GroupMembers::member));
  }

  private static Query of(Query query, Target target, String group) {
    return query
        .bind("account", target.accountId())
        .bind("sync", target.syncId())
        .bind("group", group);
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getString("member_key"),
        row.getString("display_name"),
        row.getString("email"),
        row.getString("status"),
        Statuses.inWords(row.getString("reason")),
        row.getString("detail"),
        Query.instant(row, "at"),
        row.getString("winner_key"),
        row.getString("winner_name"),
        row.getString("others"),
        row.getLong("more"),
        row.getBoolean("do_not_send"),
        row.getBoolean("unsubscribed"),
        Query.instant(row, "opt_out_at"));
  }

  /** Open dead letters behind what failed in the group, the oldest first. */
  public List<Long> letters(Target target, String group, int atMost) {
    return store.transaction(
        connection ->
            of(Query.named(connection, "verify/group_letters"), target, group)
                .bind("most", atMost)
                .list(row -> row.getLong(1)));
  }

  /** The whole group as CSV, line by line, with cells that no spreadsheet runs as a formula. */
  public void csv(Target target, String group, Consumer<String> sink) {
    sink.accept(
        CsvLine.of(
            "Member",
            "Name",
            "E-mail",
            "Main customer",
            "Status",
            "Reason",
            "Detail",
            "At",
            "Do not send",
            "Unsubscribed at the provider"));
    store.run(
        connection ->
            of(Query.named(connection, "verify/group_rows"), target, group)
                .streaming(1000)
                .each(row -> sink.accept(line(row))));
  }

  private static String line(ResultSet row) throws SQLException {
    boolean unsubscribed = row.getBoolean("unsubscribed");
    return CsvLine.of(
        row.getString("member_key"),
        text(row.getString("display_name")),
        text(row.getString("email")),
        text(winner(row)),
        row.getString("status"),
        text(Statuses.inWords(row.getString("reason"))),
        text(row.getString("detail")),
        text(Query.instant(row, "at")),
        row.getBoolean("do_not_send") ? "yes" : "",
        unsubscribed ? "yes " + text(Query.instant(row, "opt_out_at")) : "");
  }

  private static @Nullable String winner(ResultSet row) throws SQLException {
    String name = row.getString("winner_name");
    String key = row.getString("winner_key");
    return name == null ? key : name + " (" + key + ")";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
