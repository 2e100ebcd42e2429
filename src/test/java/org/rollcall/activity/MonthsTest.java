package org.rollcall.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

class MonthsTest {
  private final Store store = new Store(TestDatabase.fresh());

  @Test
  void what_another_account_enters_into_a_month_while_it_is_to_be_dropped_stays() throws Exception {
    Months months = new Months(store);
    months.ensure(List.of(Instant.parse("2020-01-15T00:00:00Z")));
    try (Connection other = store.pool().getConnection()) {
      other.setAutoCommit(false);
      enter(other);
      CompletableFuture<Void> forgetting =
          CompletableFuture.runAsync(() -> months.forget(1, Instant.parse("2020-03-01T00:00:00Z")));
      while (!forgetting.isDone()
          && number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
        number("SELECT 1 FROM pg_sleep(0.02)");
      }

      other.commit();
      forgetting.get(20, TimeUnit.SECONDS);
    }

    assertThat(number("SELECT count(*) FROM activity")).isEqualTo(1);
  }

  private static void enter(Connection connection) throws SQLException {
    Query.of(
            connection,
            "WITH k AS (INSERT INTO activity_contact (account_id, contact_id) VALUES (2, 'c')"
                + " RETURNING contact_no) SELECT contact_no FROM k")
        .number();
    Query.of(
            connection,
            "INSERT INTO activity (account_id, mailing_no, kind, contact_no, at, nth)"
                + " SELECT 2, 1, 'open', contact_no, '2020-01-15', 1 FROM activity_contact")
        .update();
  }

  private long number(String sql) {
    return store.transaction(connection -> Query.of(connection, sql).number());
  }
}
