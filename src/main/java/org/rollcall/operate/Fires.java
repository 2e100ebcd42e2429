package org.rollcall.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Job;
import org.rollcall.run.Reconciling;
import org.rollcall.settings.Reconcile;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * The table of times that have been taken care of. Written only by the owner of the sync's lease.
 */
final class Fires {
  /** A run that a crash keeps breaking off is not begun for ever. */
  private static final int MOST_ATTEMPTS = 5;

  private static final Duration KEPT = Duration.ofDays(400);

  private static final String CLAIM =
      """
      INSERT INTO fire AS f (
        account_id, sync_id, jobs, local_time, pass, due_at, state, attempts, claimed_at)
      VALUES (:account, :sync, :jobs, :local, :pass, :due, 'running', 1, :now)
      ON CONFLICT (account_id, sync_id, jobs, local_time, pass) DO UPDATE SET
        state = 'running', attempts = f.attempts + 1, claimed_at = excluded.claimed_at
      WHERE f.state IN ('running', 'stopped') AND f.attempts < :most
      """;

  private static final String MISSED =
      """
      INSERT INTO fire (
        account_id, sync_id, jobs, local_time, pass, due_at, state, claimed_at, finished_at)
      VALUES (:account, :sync, :jobs, :local, :pass, :due, 'missed', :now, :now)
      ON CONFLICT (account_id, sync_id, jobs, local_time, pass) DO NOTHING
      """;

  /** A changed schedule owes nothing from before the change. */
  private static final String SINCE =
      """
      INSERT INTO schedule AS s (account_id, sync_id, jobs, cron, time_zone, since)
      VALUES (:account, :sync, :jobs, :cron, :zone, :now)
      ON CONFLICT (account_id, sync_id, jobs) DO UPDATE SET
        cron = excluded.cron,
        time_zone = excluded.time_zone,
        since = CASE WHEN (s.cron, s.time_zone) = (excluded.cron, excluded.time_zone)
          THEN least(s.since, excluded.since) ELSE excluded.since END
      RETURNING since
      """;

  private final Store store;
  private final Clock clock;

  Fires(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Since when this sync has had this schedule. */
  Instant since(Duty duty) {
    SyncSettings sync = duty.target().sync();
    return store.transaction(
        connection ->
            Query.of(connection, SINCE)
                .bind("account", duty.target().accountId())
                .bind("sync", duty.target().syncId())
                .bind("jobs", duty.word())
                .bind("cron", duty.cron())
                .bind("zone", sync.timeZone().getId())
                .bind("now", clock.instant())
                .first(row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .orElseThrow());
  }

  /** Whether nothing is to be done about this time any more. */
  boolean settled(Duty duty, Fire fire) {
    return store.transaction(
        connection ->
            at(
                    Query.of(
                        connection,
                        "SELECT 1 FROM fire WHERE account_id = :account AND sync_id = :sync AND jobs = :jobs"
                            + " AND local_time = :local AND pass = :pass"
                            + " AND (state IN ('done', 'missed') OR attempts >= :most)"),
                    duty,
                    fire)
                .bind("most", MOST_ATTEMPTS)
                .first(row -> true)
                .isPresent());
  }

  /** Takes the time, unless it has been taken care of; goes on with what was broken off. */
  boolean claim(Duty duty, Fire fire) {
    return store.transaction(
        connection -> {
          Query.of(
                  connection,
                  "DELETE FROM fire WHERE account_id = :account AND sync_id = :sync"
                      + " AND due_at < :old")
              .bind("account", duty.target().accountId())
              .bind("sync", duty.target().syncId())
              .bind("old", clock.instant().minus(KEPT))
              .update();
          return at(Query.of(connection, CLAIM), duty, fire)
                  .bind("due", fire.at())
                  .bind("now", clock.instant())
                  .bind("most", MOST_ATTEMPTS)
                  .update()
              == 1;
        });
  }

  /** Why the run of this time reads everything back; null when one of its period did so already. */
  @Nullable Reconciling reconciling(Duty duty, Fire fire) {
    Reconcile every = duty.target().sync().identity().reconcile();
    if (every == Reconcile.NEVER || !duty.jobs().contains(Job.CONTACTS)) {
      return null;
    }
    boolean done =
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT 1 FROM reconciliation WHERE account_id = :account"
                            + " AND sync_id = :sync AND scheduled_for >= :begin LIMIT 1")
                    .bind("account", duty.target().accountId())
                    .bind("sync", duty.target().syncId())
                    .bind("begin", every.periodOf(fire.local().toLocalDate()).atStartOfDay())
                    .first(row -> true)
                    .isPresent());
    return done ? null : Reconciling.scheduled(fire.local());
  }

  /** Ends a claim; one that was stopped may be claimed again while its window lasts. */
  void finish(Duty duty, Fire fire, boolean stopped) {
    store.run(
        connection ->
            at(
                    Query.of(
                        connection,
                        "UPDATE fire SET state = :state, finished_at = :now"
                            + " WHERE account_id = :account AND sync_id = :sync AND jobs = :jobs"
                            + " AND local_time = :local AND pass = :pass"),
                    duty,
                    fire)
                .bind("state", stopped ? "stopped" : "done")
                .bind("now", clock.instant())
                .update());
  }

  /**
   * Notes that the window closed before anybody could run the sync.
   *
   * @return false when somebody did, or had noted it
   */
  boolean missed(Duty duty, Fire fire) {
    return store.transaction(
        connection ->
            at(Query.of(connection, MISSED), duty, fire)
                    .bind("due", fire.at())
                    .bind("now", clock.instant())
                    .update()
                == 1);
  }

  private static Query at(Query query, Duty duty, Fire fire) {
    LocalDateTime local = fire.local();
    return query
        .bind("account", duty.target().accountId())
        .bind("sync", duty.target().syncId())
        .bind("jobs", duty.word())
        .bind("local", local)
        .bind("pass", fire.pass());
  }
}
