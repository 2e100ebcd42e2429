package org.rollcall.resolve;

import java.time.Clock;
import org.rollcall.run.Counts;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * What a sync remembers of its last complete read and its last empty plan, so that a night on which
 * nothing changed costs one read and no comparison.
 */
public final class SourceState {
  private final Store store;
  private final Clock clock;

  public SourceState(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A complete read in brief.
   *
   * @param rules the settings the rows were judged by; other rules make another state of equal rows
   */
  public record Reading(long rows, long fingerprintHigh, long fingerprintLow, String rules) {}

  /** Whether the source gave exactly what it gave last time, under the same rules. */
  public boolean same(Run run, Reading reading) {
    return 1
        == count(
            run,
            "fingerprint_high = :high AND fingerprint_low = :low AND rules = :rules"
                + " AND rows_read = :rows",
            reading);
  }

  /** Whether the rows known from an earlier read were judged by other rules. */
  public boolean newRules(Run run, Reading reading) {
    return 1 == count(run, "rules <> :rules", reading);
  }

  /** Whether the last complete read gave rows. */
  public boolean hadRows(Run run) {
    return 1 == count(run, "rows_read > 0 OR member_count > 0", new Reading(0, 0, 0, ""));
  }

  private long count(Run run, String condition, Reading reading) {
    return store.transaction(
        connection ->
            bound(
                    Query.of(
                        connection,
                        "SELECT count(*) FROM sync WHERE account_id = :account AND sync_id = :sync"
                            + " AND ("
                            + condition
                            + ")"),
                    run,
                    reading)
                .number());
  }

  public void remember(Run run, Reading reading) {
    store.run(
        connection -> {
          run.fence(connection);
          bound(
                  Query.of(
                      connection,
                      "UPDATE sync SET fingerprint_high = :high, fingerprint_low = :low,"
                          + " rules = :rules, rows_read = :rows, read_at = :now,"
                          + " quiet_version = NULL"
                          + " WHERE account_id = :account AND sync_id = :sync"),
                  run,
                  reading)
              .bind("now", clock.instant())
              .update();
        });
  }

  /** The members are no longer what the last complete read gave. */
  public void forget(Run run) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.of(
                  connection,
                  "UPDATE sync SET fingerprint_high = NULL, fingerprint_low = NULL,"
                      + " quiet_version = NULL"
                      + " WHERE account_id = :account AND sync_id = :sync")
              .bind("account", run.account())
              .bind("sync", run.sync())
              .update();
        });
  }

  /** Fills in the member counts and says true when nothing changed since a plan came out empty. */
  public boolean quiet(Run run) {
    Counts counts = run.counts();
    return store
        .transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT s.member_count, s.eligible_count, s.not_found FROM sync s"
                            + " JOIN account a ON a.account_id = s.account_id"
                            + " WHERE s.account_id = :account AND s.sync_id = :sync"
                            + " AND s.quiet_version = a.version"
                            // what was future consent then may count now
                            + " AND NOT EXISTS (SELECT FROM member m"
                            + " WHERE m.account_id = s.account_id AND m.sync_id = s.sync_id"
                            + " AND m.opt_in_at > s.read_at AND m.opt_in_at <= :now)")
                    .bind("account", run.account())
                    .bind("sync", run.sync())
                    .bind("now", run.startedAt())
                    .first(
                        row -> {
                          counts.members = row.getLong(1);
                          counts.eligible = row.getLong(2);
                          counts.notApplicable = counts.members - counts.eligible;
                          counts.unchanged = counts.eligible;
                          counts.notFound = row.getLong(3);
                          return true;
                        }))
        .isPresent();
  }

  /**
   * Notes the member counts.
   *
   * @param nothingLeft whether the wanted and the known state agree now
   */
  public void settled(Run run, boolean nothingLeft) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE sync s SET member_count = :members, eligible_count = :eligible,"
                        + " quiet_version = CASE WHEN :quiet AND NOT EXISTS (SELECT FROM leaving l"
                        + " WHERE l.account_id = s.account_id AND l.sync_id = s.sync_id)"
                        + " THEN a.version END"
                        + " FROM account a WHERE a.account_id = s.account_id"
                        + " AND s.account_id = :account AND s.sync_id = :sync")
                .bind("members", run.counts().members)
                .bind("eligible", run.counts().eligible)
                .bind("quiet", nothingLeft)
                .bind("account", run.account())
                .bind("sync", run.sync())
                .update());
  }

  private static Query bound(Query query, Run run, Reading reading) {
    return query
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("rows", reading.rows())
        .bind("high", reading.fingerprintHigh())
        .bind("low", reading.fingerprintLow())
        .bind("rules", reading.rules());
  }
}
