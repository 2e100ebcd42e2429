package org.rollcall.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Target;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * How the groups stood when a run last ended. Counting all statuses takes seconds with a million
 * members, so it is done once after each run that changed something, not for each page.
 */
public final class Standings {
  private final Store store;
  private final Clock clock;

  public Standings(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A group with its counts.
   *
   * @param list as it is called at the provider; absent before there is one
   * @param selected whether the group synchronises
   * @param confirmedAt when the provider last confirmed one of its members
   */
  public record Group(
      String name,
      @Nullable String list,
      boolean selected,
      long members,
      long synced,
      long pending,
      long sending,
      long unsubscribed,
      long failed,
      long held,
      long notApplicable,
      @Nullable Instant confirmedAt) {}

  /**
   * Which groups to show.
   *
   * @param search part of the name, without regard to case
   * @param after only names behind this one
   */
  public record Wish(boolean onlySelected, @Nullable String search, @Nullable String after) {}

  /**
   * Counts anew, unless nothing can have changed.
   *
   * @param changed whether a run has just changed something
   */
  public void count(Target target, boolean changed) {
    store.run(
        connection -> {
          String stamp = stamp(connection, target);
          if (changed || !known(connection, target, stamp)) {
            of(Query.named(connection, "verify/count_standings"), target).update();
            note(connection, target, stamp);
          }
        });
  }

  private static String stamp(Connection connection, Target target) throws SQLException {
    return of(Query.named(connection, "verify/standing_stamp"), target)
        .first(row -> row.getString(1))
        .orElse("");
  }

  private static boolean known(Connection connection, Target target, String stamp)
      throws SQLException {
    return of(
            Query.of(
                connection,
                "SELECT 1 FROM standing WHERE account_id = :account AND sync_id = :sync"
                    + " AND stamp = :stamp"),
            target)
        .bind("stamp", stamp)
        .first(row -> true)
        .isPresent();
  }

  private void note(Connection connection, Target target, String stamp) throws SQLException {
    of(
            Query.of(
                connection,
                "INSERT INTO standing (account_id, sync_id, stamp, at)"
                    + " VALUES (:account, :sync, :stamp, :now) ON CONFLICT (account_id, sync_id)"
                    + " DO UPDATE SET stamp = excluded.stamp, at = excluded.at"),
            target)
        .bind("stamp", stamp)
        .bind("now", clock.instant())
        .update();
  }

  private static Query of(Query query, Target target) {
    return query.bind("account", target.accountId()).bind("sync", target.syncId());
  }

  /** As of when the groups of a sync were counted; empty before its first run. */
  public Optional<Instant> countedAt(String sync) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT c.at FROM standing c JOIN sync s USING (account_id, sync_id)"
                        + " WHERE s.name = :sync")
                .bind("sync", sync)
                .first(row -> row.getTimestamp(1).toInstant()));
  }

  /**
   * When a run of the whole sync last ended, completely or with some records refused: then all that
   * is synced was compared with the source. Empty when there was none.
   */
  public Optional<Instant> checkedAt(String sync) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT r.finished_at FROM run r JOIN sync s USING (account_id, sync_id)"
                        + " WHERE s.name = :sync AND r.whole AND r.job = 'contacts'"
                        + " AND r.state IN ('completed', 'partial') AND r.finished_at IS NOT NULL"
                        + " ORDER BY r.run_id DESC LIMIT 1")
                .bind("sync", sync)
                .first(row -> row.getTimestamp(1).toInstant()));
  }

  /** Groups of a sync by name. */
  public List<Group> groups(String sync, Wish wish, int atMost) {
    return find(sync, wish, null, atMost);
  }

  /** One group; empty when the sync has none of this name. */
  public Optional<Group> group(String sync, String name) {
    return find(sync, new Wish(false, null, null), name, 1).stream().findFirst();
  }

  private List<Group> find(String sync, Wish wish, @Nullable String only, int atMost) {
    return store.transaction(
        connection ->
            Query.named(connection, "verify/groups")
                .bind("sync", sync)
                .bind("selected", wish.onlySelected())
                .bind("search", wish.search())
                .bind("after", wish.after())
                .bind("only", only)
                .bind("most", atMost)
                .list(Standings::group));
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        row.getString("group_name"),
        row.getString("list"),
        row.getBoolean("selected"),
        row.getLong("members"),
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
