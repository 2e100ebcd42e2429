package org.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.TestDatabase;
import org.rollcall.settings.DatabaseSettings;

/** Killed in the middle of a migration, the schema is either as before or as after (failure C8). */
class MigrationsTest {
  /** Every so manieth place to die is tried, of twice as many as a test of a run has. */
  private static final int STRIDE = 2 * Integer.getInteger("rollcall.stride", 3) - 1;

  private static final String SCHEMA =
      "SELECT string_agg(table_name || '.' || column_name || ' ' || data_type, ', '"
          + " ORDER BY table_name, column_name)"
          + " FROM information_schema.columns WHERE table_schema = 'public'";

  @TempDir private Path home;

  @Test
  void killed_after_any_statement_of_a_migration_the_next_start_finishes_it() throws SQLException {
    try (HikariDataSource whole = killedAfter(Long.MAX_VALUE)) {
      open(whole).close();
      long statements = Long.parseLong(ask(whole, "SELECT last_value FROM test.done"));
      assertThat(statements).isGreaterThan(10);
      for (long n = 1; n <= statements; n += STRIDE) {
        try (HikariDataSource database = killedAfter(n)) {
          assertThatThrownBy(() -> open(database).close())
              .as("killed after statement " + n)
              .isInstanceOf(StoreException.class);
          tell(database, "DROP EVENT TRIGGER die");

          open(database).close();

          assertThat(ask(database, SCHEMA)).as("after " + n).isEqualTo(ask(whole, SCHEMA));
          assertThat(ask(database, "SELECT count(*) FROM flyway_schema_history WHERE NOT success"))
              .isEqualTo("0");
        }
      }
    }
  }

  /** A database whose server ends the session after so many statements that make something. */
  private static HikariDataSource killedAfter(long statements) throws SQLException {
    HikariDataSource database = TestDatabase.empty();
    tell(database, "CREATE SCHEMA test CREATE SEQUENCE done");
    tell(
        database,
        "CREATE FUNCTION test.die() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF nextval('test.done') = "
            + statements
            + " THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; END $$");
    tell(database, "CREATE EVENT TRIGGER die ON ddl_command_end EXECUTE FUNCTION test.die()");
    return database;
  }

  private Database open(HikariDataSource database) {
    return Database.open(new DatabaseSettings(database.getJdbcUrl(), null, null), home);
  }

  private static void tell(HikariDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(HikariDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
