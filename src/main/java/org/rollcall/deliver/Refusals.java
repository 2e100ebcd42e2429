package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Records the provider refused: kept as dead letters, not sent again until they change. */
final class Refusals {
  private static final String REMEDY =
      "correct the member at the source, or replay when the provider's reason no longer holds";

  private final Store store;
  private final DeadLetters deadLetters;
  private final Clock clock;

  Refusals(Store store, DeadLetters deadLetters, Clock clock) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /**
   * @param reasons the provider's reason by position, counted from the batch's first contact
   */
  void rows(Run run, Batch batch, Map<Integer, String> reasons) {
    store.run(
        connection -> {
          for (Map.Entry<Integer, String> refused : reasons.entrySet()) {
            String address = address(connection, run, batch.fromOrd() + refused.getKey());
            if (!address.isEmpty()) {
              refuse(connection, run, address, refused.getValue());
            }
          }
        });
  }

  /** Refuses a single contact, unless the run has refused it already. */
  void record(Run run, String address, String reason) {
    store.run(connection -> refuse(connection, run, address, reason));
  }

  /** Keeps a batch that failed as a whole, and stops sending its contacts as they are. */
  void batch(Run run, Batch batch, String reason) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "SELECT DISTINCT address FROM dispatch WHERE account_id = :account"
                        + " AND run_id = :run AND ord BETWEEN :from AND :to")
                .bind("account", run.account())
                .bind("run", run.id())
                .bind("from", batch.fromOrd())
                .bind("to", batch.toOrd())
                .each(row -> refuse(connection, run, row.getString(1), reason)));
  }

  private static String address(Connection connection, Run run, long ord) throws SQLException {
    return Query.of(
            connection,
            "SELECT address FROM dispatch"
                + " WHERE account_id = :account AND run_id = :run AND ord = :ord")
        .bind("account", run.account())
        .bind("run", run.id())
        .bind("ord", ord)
        .first(row -> row.getString(1))
        .orElse("");
  }

  private void refuse(Connection connection, Run run, String address, String reason)
      throws SQLException {
    int first =
        Query.of(
                connection,
                "UPDATE change SET outcome = 'failed', reason = :reason WHERE account_id = :account"
                    + " AND run_id = :run AND action IN ('import', 'move') AND address = :address"
                    + " AND outcome IS DISTINCT FROM 'failed'")
            .bind("account", run.account())
            .bind("run", run.id())
            .bind("address", address)
            .bind("reason", reason)
            .update();
    if (first == 0) {
      return;
    }
    run.counts().failed++;
    long letter =
        deadLetters.keep(
            connection,
            run,
            new Letter(
                Kind.RECORD,
                value(connection, run, address, "member_key"),
                address,
                value(connection, run, address, "fields"),
                reason,
                REMEDY));
    Query.named(connection, "deliver/failure")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("run", run.id())
        .bind("address", address)
        .bind("reason", reason)
        .bind("letter", letter)
        .bind("now", clock.instant())
        .update();
  }

  private static String value(Connection connection, Run run, String address, String column)
      throws SQLException {
    return Query.of(
            connection,
            "SELECT ${column} FROM member WHERE account_id = :account AND sync_id = :sync"
                + " AND address = :address AND contact_winner")
        .identifier("column", column)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("address", address)
        .first(row -> row.getString(1))
        .orElse("");
  }
}
