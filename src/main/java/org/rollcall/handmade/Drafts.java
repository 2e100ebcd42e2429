package org.rollcall.handmade;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.handmade.HandMade.Found;
import org.rollcall.member.Names;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Members whom somebody gathers for a group before they are added, one draft a user and sync. It
 * changes nothing until {@link HandMade#add} is called with it, and is dropped a week after it was
 * begun.
 */
public final class Drafts {
  private static final Duration KEPT = Duration.ofDays(7);

  private final Store store;
  private final Settings settings;
  private final Runs runs;
  private final Clock clock;

  public Drafts(Store store, Settings settings, Runs runs, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * A draft.
   *
   * @param group as it was typed
   * @param members how many were chosen so far
   */
  public record Draft(String group, long members) {}

  public Optional<Draft> find(String sync, String by) {
    return about(
        sync,
        by,
        """
        SELECT d.group_name, (SELECT count(*) FROM draft_member m
          WHERE m.account_id = d.account_id AND m.sync_id = d.sync_id AND m.made_by = d.made_by)
        FROM draft d
        WHERE d.account_id = :account AND d.sync_id = :sync AND d.made_by = :by
        """,
        query -> query.first(row -> new Draft(row.getString(1), row.getLong(2))));
  }

  /**
   * Begins a draft, or gives the one there is another group.
   *
   * @throws IllegalArgumentException when the name of the group is none
   */
  public void name(String sync, String by, String group) {
    String named = Names.group(group);
    about(
        sync,
        by,
        "DELETE FROM draft WHERE begun_at < :old",
        query -> query.bind("old", clock.instant().minus(KEPT)).update());
    about(
        sync,
        by,
        """
        INSERT INTO draft (account_id, sync_id, made_by, group_name, begun_at)
        VALUES (:account, :sync, :by, :group, :now)
        ON CONFLICT (account_id, sync_id, made_by) DO UPDATE SET group_name = excluded.group_name
        """,
        query -> query.bind("group", named).bind("now", clock.instant()).update());
  }

  /** Chooses single members; gives how many were not chosen before. */
  public int choose(String sync, String by, Collection<String> keys) {
    Target target = target(sync);
    return store.transaction(connection -> choose(connection, target, by, keys, false));
  }

  private static int choose(
      Connection connection, Target target, String by, Collection<String> keys, boolean known)
      throws SQLException {
    return Query.named(connection, "handmade/choose")
        .bind("account", target.accountId())
        .bind("sync", target.syncId())
        .bind("by", by)
        .bind("keys", keys.toArray(String[]::new))
        .bind("known", known)
        .update();
  }

  /**
   * Chooses everybody the filter finds.
   *
   * @return how many were not chosen before; no more than {@value HandMade#MOST} are chosen in all
   */
  public int chooseAll(String sync, String by, Filter filter) {
    long room = HandMade.MOST - find(sync, by).map(Draft::members).orElse((long) HandMade.MOST);
    Target target = target(sync);
    return store.transaction(
        connection -> {
          Finding finding = Finding.of(connection, target, filter);
          int chosen = 0;
          String next = "";
          while (next != null && chosen < room) {
            Finding.Stretch stretch = finding.next(next, HandMade.LONG);
            List<String> found = stretch.found();
            while (!found.isEmpty() && chosen < room) {
              int some = (int) Math.min(found.size(), room - chosen);
              chosen += choose(connection, target, by, found.subList(0, some), true);
              found = found.subList(some, found.size());
            }
            next = stretch.last();
          }
          return chosen;
        });
  }

  public int drop(String sync, String by, Collection<String> keys) {
    return about(
        sync,
        by,
        """
        DELETE FROM draft_member
        WHERE account_id = :account AND sync_id = :sync AND made_by = :by
          AND member_key = ANY (:keys)
        """,
        query -> query.bind("keys", keys.toArray(String[]::new)).update());
  }

  /** Drops the whole draft. */
  public void discard(String sync, String by) {
    about(
        sync,
        by,
        "DELETE FROM draft WHERE account_id = :account AND sync_id = :sync AND made_by = :by",
        Query::update);
  }

  /** Who was chosen, by key. */
  public List<Found> page(String sync, String by, @Nullable String after, int most) {
    return run(
        sync,
        by,
        connection ->
            Query.named(connection, "handmade/draft_page").bind("after", after).bind("most", most),
        query ->
            query.list(row -> new Found(row.getString(1), row.getString(2), row.getString(3))));
  }

  public List<String> keys(String sync, String by) {
    return about(
        sync,
        by,
        "SELECT member_key FROM draft_member"
            + " WHERE account_id = :account AND sync_id = :sync AND made_by = :by"
            + " ORDER BY member_key",
        query -> query.list(row -> Objects.requireNonNull(row.getString(1))));
  }

  private interface Asking {
    Query of(Connection connection);
  }

  private interface Reading<T> {
    T of(Query query) throws SQLException;
  }

  private <T> T about(String sync, String by, String sql, Reading<T> reading) {
    return run(sync, by, connection -> Query.of(connection, sql), reading);
  }

  private <T> T run(String sync, String by, Asking asking, Reading<T> reading) {
    Target target = target(sync);
    return store.transaction(
        connection ->
            reading.of(
                asking
                    .of(connection)
                    .bind("account", target.accountId())
                    .bind("sync", target.syncId())
                    .bind("by", by)));
  }

  private Target target(String sync) {
    SyncSettings of = settings.sync(sync);
    return runs.target(of, settings.account(of.account()));
  }
}
