package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * The table of batches: the intention is committed before the call, the outcome after it, so that a
 * hub that was killed in between knows what to ask the provider about.
 */
final class Batches {
  private final Store store;
  private final Clock clock;

  Batches(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A batch of an interrupted run whose outcome is open. */
  record Open(Batch batch, long run, @Nullable String jobId) {}

  Batch intend(
      Run run,
      Batch.Kind kind,
      List<Integer> lists,
      long fromOrd,
      long toOrd,
      List<String> addresses) {
    Instant now = clock.instant();
    long id =
        store.transaction(
            connection -> {
              run.fence(connection);
              return Query.of(
                      connection,
                      "INSERT INTO batch (account_id, run_id, kind, lists, from_ord, to_ord,"
                          + " addresses, state, intended_at) VALUES (:account, :run, :kind, :lists,"
                          + " :from, :to, :addresses, 'intended', :now) RETURNING batch_id")
                  .bind("account", run.account())
                  .bind("run", run.id())
                  .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                  .bind("lists", numbers(lists))
                  .bind("from", fromOrd)
                  .bind("to", toOrd)
                  .bind("addresses", addresses.toArray(String[]::new))
                  .bind("now", now)
                  .number();
            });
    return new Batch(id, kind, lists, fromOrd, toOrd, addresses, now);
  }

  void accepted(Run run, Batch batch, String jobId) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE batch SET state = 'accepted', job_id = :job"
                        + " WHERE account_id = :account AND batch_id = :batch")
                .bind("account", run.account())
                .bind("batch", batch.id())
                .bind("job", jobId)
                .update());
  }

  /**
   * @param state {@code done}, {@code split}, {@code refused} or {@code lost}
   */
  void ended(Run run, long batch, String state, @Nullable String detail) {
    store.run(connection -> ended(connection, run, batch, state, detail));
  }

  void ended(Connection connection, Run run, long batch, String state, @Nullable String detail)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE batch SET state = :state, detail = :detail, finished_at = :now"
                + " WHERE account_id = :account AND batch_id = :batch")
        .bind("account", run.account())
        .bind("batch", batch)
        .bind("state", state)
        .bind("detail", detail)
        .bind("now", clock.instant())
        .update();
  }

  /** Notes that what became of a run's batches has been read back. */
  void settled(int account, long run) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE run SET settled_at = :now"
                        + " WHERE account_id = :account AND run_id = :run")
                .bind("account", account)
                .bind("run", run)
                .bind("now", clock.instant())
                .update());
  }

  /** In how many earlier jobs of its own the record of a batch was lost, as it is now. */
  long brokenAlone(Run run, Batch batch) {
    return store.transaction(
        connection ->
            Query.named(connection, "deliver/broken_alone")
                .bind("account", run.account())
                .bind("run", run.id())
                .bind("ord", batch.fromOrd())
                .number());
  }

  /**
   * Whether a batch carries contacts whose fields alone change: whether those were taken cannot be
   * seen by reading.
   */
  boolean updatesOnly(Run run, Batch batch) {
    return store.transaction(
        connection ->
            Query.named(connection, "deliver/updates_only")
                    .bind("account", run.account())
                    .bind("run", run.id())
                    .bind("from", batch.fromOrd())
                    .bind("to", batch.toOrd())
                    .number()
                > 0);
  }

  /** Open batches of earlier runs on this account, oldest first. */
  List<Open> open(Run run) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT * FROM batch WHERE account_id = :account AND run_id < :run"
                        + " AND state IN ('intended', 'accepted') AND kind <> 'resubscribe'"
                        + " ORDER BY batch_id")
                .bind("account", run.account())
                .bind("run", run.id())
                .list(Batches::read));
  }

  /** Job ids the hub knows, so that a job it started without hearing of it can be told apart. */
  List<String> jobIds(Run run) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT job_id FROM batch WHERE account_id = :account AND job_id IS NOT NULL")
                .bind("account", run.account())
                .list(row -> row.getString(1)));
  }

  /** The provider's ids of lists, by our numbers. */
  Map<Integer, String> listIds(Run run) {
    Map<Integer, String> ids = new HashMap<>();
    store.run(
        connection ->
            Query.of(
                    connection,
                    "SELECT list_no, provider_id FROM list"
                        + " WHERE account_id = :account AND provider_id IS NOT NULL")
                .bind("account", run.account())
                .each(row -> ids.put(row.getInt(1), row.getString(2))));
    return ids;
  }

  private static Open read(ResultSet row) throws SQLException {
    List<Integer> lists = new ArrayList<>();
    for (int list : Query.ints(row, "lists")) {
      lists.add(list);
    }
    Batch batch =
        new Batch(
            row.getLong("batch_id"),
            Batch.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            lists,
            row.getLong("from_ord"),
            row.getLong("to_ord"),
            List.of((String[]) row.getArray("addresses").getArray()),
            row.getTimestamp("intended_at").toInstant());
    return new Open(batch, row.getLong("run_id"), row.getString("job_id"));
  }

  private static int[] numbers(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
