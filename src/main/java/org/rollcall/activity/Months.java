package org.rollcall.activity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The partitions of the table of activities, one a month in UTC. */
final class Months {
  private static final long LOCK = 7_190_553_174_001L;

  private final Store store;
  private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

  Months(Store store) {
    this.store = store;
  }

  /** Makes the partitions for these times that are not there yet, in a transaction of its own. */
  void ensure(Collection<Instant> times) {
    List<YearMonth> missing =
        times.stream().map(Months::of).distinct().filter(month -> !known.contains(month)).toList();
    if (missing.isEmpty()) {
      return;
    }
    store.run(
        connection -> {
          lock(connection);
          for (YearMonth month : missing) {
            create(connection, month);
          }
        });
    known.addAll(missing);
  }

  private static YearMonth of(Instant at) {
    return YearMonth.from(at.atOffset(ZoneOffset.UTC));
  }

  private static void create(Connection connection, YearMonth month) throws SQLException {
    Query.of(
            connection,
            "CREATE TABLE IF NOT EXISTS ${name} PARTITION OF activity FOR VALUES FROM ('"
                + first(month)
                + "') TO ('"
                + first(month.plusMonths(1))
                + "')")
        .identifier("name", name(month))
        .update();
  }

  private static String name(YearMonth month) {
    return "activity_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
  }

  private static String first(YearMonth month) {
    return month + "-01 00:00+00";
  }

  /** Two nodes that work for two accounts may want the same month at once. */
  private static void lock(Connection connection) throws SQLException {
    Query.of(connection, "SELECT pg_advisory_xact_lock(:lock)")
        .bind("lock", LOCK)
        .first(row -> true);
  }

  /** Forgets an account's activities from before a time, and months in which nothing is left. */
  void forget(int account, Instant oldest) {
    List<String> old = older(of(oldest));
    if (old.isEmpty() && nothingBefore(account, oldest)) {
      return;
    }
    store.run(
        connection -> {
          Query.named(connection, "activity/forget_old")
              .bind("account", account)
              .bind("oldest", oldest)
              .update();
          lock(connection);
          for (String month : old) {
            dropEmpty(connection, month);
          }
        });
    known.removeIf(month -> month.isBefore(of(oldest)));
  }

  private boolean nothingBefore(int account, Instant oldest) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT 1 FROM activity WHERE account_id = :account AND at < :oldest LIMIT 1")
                .bind("account", account)
                .bind("oldest", oldest)
                .first(row -> true)
                .isEmpty());
  }

  private List<String> older(YearMonth first) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT inhrelid::regclass::text AS month FROM pg_inherits"
                        + " WHERE inhparent = 'activity'::regclass"
                        + " AND inhrelid::regclass::text < :first ORDER BY 1")
                .bind("first", name(first))
                .list(row -> row.getString("month")));
  }

  private static void dropEmpty(Connection connection, String month) throws SQLException {
    if (isEmpty(connection, month)) {
      // Somebody may just be entering something, for another account: wait, and look again.
      Query.of(connection, "LOCK TABLE ONLY activity IN ACCESS EXCLUSIVE MODE").update();
      if (isEmpty(connection, month)) {
        Query.of(connection, "DROP TABLE ${month}").identifier("month", month).update();
      }
    }
  }

  private static boolean isEmpty(Connection connection, String month) throws SQLException {
    return Query.of(connection, "SELECT 1 FROM ${month} LIMIT 1")
        .identifier("month", month)
        .first(row -> true)
        .isEmpty();
  }
}
