package org.rollcall.handmade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.run.Target;
import org.rollcall.store.Query;

/**
 * Finds members by a filter, stretch by stretch in the order of their keys. A stretch is read by
 * the index that fits the filter best, and the rest of the filter is held against each of it, so
 * that nothing takes longer with a million members. Statuses are those of the end of the last run.
 */
final class Finding {
  /** Of a text that more rows begin with, one is met soon in any stretch. */
  private static final int FEW = 2_000;

  /** Behind every text that begins alike. */
  private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

  /** Statuses that {@code outstanding} holds. */
  private static final Set<String> NOTED =
      Set.of("pending", "sending", "unsubscribed", "failed", "held");

  private static final String OUTSTANDING =
      "EXISTS (SELECT FROM outstanding o WHERE o.account_id = m.account_id"
          + " AND o.sync_id = m.sync_id AND o.group_name = m.group_name"
          + " AND o.member_key = m.member_key AND o.status %s)";

  private static final String LEFT_OUT = "(m.reason IS NOT NULL OR NOT m.group_winner)";

  private final Connection connection;
  private final Target target;
  private final Filter filter;
  private final String statement;
  private final String[] few;

  private Finding(
      Connection connection, Target target, Filter filter, String statement, String[] few) {
    this.connection = connection;
    this.target = target;
    this.filter = filter;
    this.statement = statement;
    this.few = few;
  }

  /**
   * A part of all members in the order of keys.
   *
   * @param found whom the filter finds among them, each once
   * @param last where the next stretch begins; absent when none is left
   */
  record Stretch(List<String> found, @Nullable String last) {}

  static Finding of(Connection connection, Target target, Filter filter) throws SQLException {
    List<String> few = filter.text() == null ? List.of() : few(connection, target, filter);
    boolean isFew = filter.text() != null && few.size() < FEW;
    return new Finding(
        connection, target, filter, statement(filter, isFew), few.toArray(String[]::new));
  }

  private static List<String> few(Connection connection, Target target, Filter filter)
      throws SQLException {
    return bound(Query.named(connection, "handmade/few"), target, filter)
        .bind("most", FEW)
        .list(row -> row.getString(1));
  }

  private static String statement(Filter filter, boolean few) {
    String status = filter.status() == null ? "" : filter.status();
    boolean byStatus = NOTED.contains(status) && !few;
    return """
        WITH stretch AS MATERIALIZED (
          SELECT member_key, m.present AND %s AND %s AS fits
          FROM %s
          WHERE account_id = :account AND sync_id = :sync AND member_key > :after%s%s%s%s
          ORDER BY member_key
          FETCH FIRST (:rows) ROWS WITH TIES
        )
        SELECT e.rows, e.last, f.member_key
        FROM (SELECT count(*) AS rows, max(member_key) AS last FROM stretch) e
        LEFT JOIN (SELECT DISTINCT member_key FROM stretch WHERE fits) f ON true
        ORDER BY f.member_key
        """
        .formatted(
            byStatus ? "true" : standing(status),
            filter.text() == null || few ? "true" : begins(),
            byStatus
                ? "outstanding o JOIN member m USING (account_id, sync_id, group_name, member_key)"
                : "member m",
            filter.inGroup() == null ? "" : " AND group_name = :group",
            byStatus ? " AND o.status = :status" : "",
            status.equals("not applicable") ? " AND " + LEFT_OUT : "",
            few ? " AND member_key = ANY (:few)" : "");
  }

  /** The statuses as their view defines them, as far as a row of a member tells. */
  private static String standing(String status) {
    return switch (status) {
      case "" -> "true";
      case "synced" ->
          "m.group_winner AND m.reason IS NULL AND NOT " + OUTSTANDING.formatted("IS NOT NULL");
      case "not applicable" -> "m.reason IS DISTINCT FROM 'UNSUBSCRIBED_BEFORE'";
      default -> OUTSTANDING.formatted("= :status");
    };
  }

  private static String begins() {
    return "(%s OR %s OR %s OR %s)"
        .formatted(
            begins("lower(m.member_key) COLLATE \"C\""),
            begins("lower(coalesce(m.address, m.email)) COLLATE \"C\""),
            begins("lower(m.display_name) COLLATE \"C\""),
            begins("m.sort_name"));
  }

  private static String begins(String what) {
    return what + " >= lower(:text::text) AND " + what + " < lower(:text::text) || :end::text";
  }

  private static Query bound(Query query, Target target, Filter filter) {
    return query
        .bind("account", target.accountId())
        .bind("sync", target.syncId())
        .bind("group", filter.inGroup())
        .bind("status", filter.status())
        .bind("text", filter.text())
        .bind("end", LAST);
  }

  /**
   * Looks at the next members.
   *
   * @param after only keys behind this one; empty to begin
   * @param rows about how many rows to look at
   */
  Stretch next(String after, int rows) throws SQLException {
    List<String> found = new ArrayList<>();
    @Nullable String[] last = new String[1];
    bound(Query.of(connection, statement), target, filter)
        .bind("few", few)
        .bind("after", after)
        .bind("rows", rows)
        .each(
            row -> {
              String key = row.getString("member_key");
              if (key != null) {
                found.add(key);
              }
              last[0] = row.getLong("rows") < rows ? null : row.getString("last");
            });
    return new Stretch(found, last[0]);
  }
}
