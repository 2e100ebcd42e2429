package org.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.settings.DatabaseSettings;
import org.rollcall.settings.Secret;

class DatabaseTest {
  static final DatabaseSettings EMBEDDED = new DatabaseSettings(null, null, null);

  @TempDir static Path home;
  private static Database database;

  @BeforeAll
  static void open() {
    database = Database.open(EMBEDDED, home);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void the_server_folds_case_beyond_ascii_and_keeps_fsync() {
    assertThat(text(database, "SELECT lower('ÉÜ')")).isEqualTo("éü");
    assertThat(text(database, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(text(database, "SHOW fsync")).isEqualTo("on");
    assertThat(text(database, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(text(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(text(database, "SHOW application_name")).isEqualTo("rollcall");
  }

  @Test
  void the_server_asks_for_a_password_only_its_owner_can_read() throws IOException {
    String url = database.dataSource().toString();
    DatabaseSettings guess =
        new DatabaseSettings(urlOf(database), EmbeddedPostgres.USER, new Secret("guess"));

    assertThatThrownBy(() -> Database.open(guess, home))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("password authentication failed");
    assertThat(url)
        .doesNotContain(Files.readString(home.resolve("data").resolve("postgres-password")));
    assertThat(Files.getPosixFilePermissions(home.resolve("data").resolve("postgres-password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_schema_of_a_newer_rollcall_is_refused() {
    update(
        database,
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time,
           success)
        VALUES (9999, '9999', 'from the future', 'SQL', 'V9999__x.sql', 'x', 1, true)
        """);

    assertThatThrownBy(() -> Database.open(EMBEDDED, home))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Rollcall (its schema has version 9999)");
    update(database, "DELETE FROM flyway_schema_history WHERE version = '9999'");
  }

  @Test
  void an_unreachable_database_is_named_without_its_password() {
    DatabaseSettings nowhere =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/x?password=hush", "u", null);

    assertThatThrownBy(() -> Database.open(nowhere, home))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("cannot reach the database at jdbc:postgresql://127.0.0.1:1/x: ")
        .hasMessageNotContaining("hush");
  }

  @Test
  void an_address_that_is_not_postgresql_says_what_would_be_right() {
    DatabaseSettings typo = new DatabaseSettings("postgres://h/x", null, null);

    assertThatThrownBy(() -> Database.open(typo, home))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:postgresql://host:5432/database");
  }

  @Test
  void a_transaction_that_throws_leaves_nothing() {
    assertThatThrownBy(
            () ->
                new Store(database.dataSource())
                    .transaction(
                        connection -> {
                          Query.of(connection, "CREATE TABLE half (n int)").update();
                          throw new IllegalStateException("midway");
                        }))
        .hasMessage("midway");
    assertThat(exists(database, "half")).isFalse();
  }

  @Test
  void a_refused_row_is_not_quoted_in_the_message() {
    update(database, "CREATE TABLE once (email text PRIMARY KEY)");
    update(database, "INSERT INTO once VALUES ('ada@example.org')");

    assertThatThrownBy(() -> update(database, "INSERT INTO once VALUES ('ada@example.org')"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("duplicate key")
        .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain("ada@example.org"));
    assertThat(home.resolve("data").resolve("postgres.log"))
        .content()
        .doesNotContain("ada@example.org");
  }

  static String urlOf(Database database) {
    return new Store(database.dataSource())
        .transaction(connection -> connection.getMetaData().getURL());
  }

  static void create(Database database, String table) {
    update(database, "CREATE TABLE " + table + " (n int)");
  }

  static boolean exists(Database database, String table) {
    return text(database, "SELECT to_regclass('" + table + "') IS NOT NULL").equals("t");
  }

  static int update(Database database, String sql) {
    return new Store(database.dataSource())
        .transaction(connection -> Query.of(connection, sql).update());
  }

  static String text(Database database, String sql) {
    return new Store(database.dataSource())
        .transaction(
            connection -> Query.of(connection, sql).first(row -> row.getString(1)).orElseThrow());
  }
}
