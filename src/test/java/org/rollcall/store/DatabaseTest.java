package org.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.settings.DatabaseSettings;
import org.rollcall.settings.Secret;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseTest {
  private static final DatabaseSettings EMBEDDED = new DatabaseSettings(null, null, null);

  @TempDir Path home;

  @AfterEach
  void stop_what_a_failed_test_left() {
    Database.open(EMBEDDED, home).close();
  }

  @Test
  void data_is_there_after_a_restart() throws IOException {
    try (Database database = Database.open(EMBEDDED, home)) {
      create(database, "kept");
    }
    assertThat(Postmaster.in(cluster())).as("server after close").isEmpty();

    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(exists(database, "kept")).isTrue();
    }
  }

  @Test
  void the_server_folds_case_beyond_ascii_and_keeps_fsync() {
    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(text(database, "SELECT lower('ÉÜ')")).isEqualTo("éü");
      assertThat(text(database, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(text(database, "SHOW fsync")).isEqualTo("on");
      assertThat(text(database, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(text(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(database, "SHOW application_name")).isEqualTo("rollcall");
    }
  }

  @Test
  void the_server_asks_for_a_password_only_its_owner_can_read() throws IOException {
    try (Database database = Database.open(EMBEDDED, home)) {
      String url = database.dataSource().toString();
      DatabaseSettings guess =
          new DatabaseSettings(urlOf(database), EmbeddedPostgres.USER, new Secret("guess"));

      assertThatThrownBy(() -> Database.open(guess, home))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(url).doesNotContain(Files.readString(data().resolve("postgres-password")));
      assertThat(Files.getPosixFilePermissions(data().resolve("postgres-password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void a_second_opening_attaches_and_the_last_to_close_stops_the_server() throws IOException {
    Database first = Database.open(EMBEDDED, home);
    Database second = Database.open(EMBEDDED, home);
    create(first, "shared");

    first.close();
    first.close();
    assertThat(exists(second, "shared")).isTrue();

    second.close();
    assertThat(Postmaster.in(cluster())).isEmpty();
  }

  @Test
  void a_server_in_use_by_another_process_is_not_stopped() throws Exception {
    try (Neighbour neighbour = Neighbour.start(home)) {
      Database.open(EMBEDDED, home).close();
      assertThat(Postmaster.in(cluster())).as("server while the neighbour lives").isPresent();

      neighbour.letGo();
      assertThat(Postmaster.in(cluster())).as("server after the last close").isEmpty();
    }
  }

  @Test
  void after_kill_9_the_next_start_attaches_to_the_orphaned_server() throws Exception {
    try (Neighbour neighbour = Neighbour.start(home)) {
      neighbour.kill();
    }
    ProcessHandle orphan = Postmaster.in(cluster()).orElseThrow().process();

    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(exists(database, Neighbour.TABLE)).isTrue();
      assertThat(Postmaster.in(cluster()).orElseThrow().process()).isEqualTo(orphan);
    }
    orphan.onExit().get(30, TimeUnit.SECONDS);
  }

  @Test
  void after_kill_9_of_hub_and_server_the_next_start_recovers_what_was_committed()
      throws Exception {
    try (Neighbour neighbour = Neighbour.start(home)) {
      neighbour.kill();
    }
    ProcessHandle server = Postmaster.in(cluster()).orElseThrow().process();
    List<ProcessHandle> children = server.children().toList();
    kill(server, children);
    assertThat(cluster().resolve("postmaster.pid")).exists();

    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(exists(database, Neighbour.TABLE)).isTrue();
    }
  }

  @Test
  void a_home_in_use_whose_server_is_out_of_sight_is_refused() throws Exception {
    try (Neighbour neighbour = Neighbour.start(home)) {
      Path pid = cluster().resolve("postmaster.pid");
      Path elsewhere = Files.move(pid, data().resolve("in-another-container"));

      assertThatThrownBy(() -> Database.open(EMBEDDED, home))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another Rollcall uses");
      Files.move(elsewhere, pid);
    }
  }

  @Test
  void a_postmaster_pid_that_now_belongs_to_another_program_is_no_server() throws IOException {
    Database.open(EMBEDDED, home).close();
    Files.writeString(
        cluster().resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + cluster() + "\n1\n1\n\n127.0.0.1\n0 0\nready\n");

    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(text(database, "SELECT 'up'")).isEqualTo("up");
    }
  }

  @Test
  void two_that_start_at_the_same_moment_share_one_server() throws Exception {
    CompletableFuture<Neighbour> one = CompletableFuture.supplyAsync(() -> Neighbour.start(home));
    CompletableFuture<Neighbour> two = CompletableFuture.supplyAsync(() -> Neighbour.start(home));
    try (Neighbour first = one.get();
        Neighbour second = two.get();
        Database database = Database.open(EMBEDDED, home)) {
      assertThat(text(database, "SELECT count(*) FROM " + Neighbour.TABLE)).isEqualTo("2");
      assertThat(first.pid()).isNotEqualTo(second.pid());
    }
  }

  @Test
  void a_set_up_that_was_cut_short_is_started_afresh() throws IOException {
    Path unfinished = data().resolve("postgres-unfinished-1/cluster");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("PG_VERSION"), "18");

    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(text(database, "SELECT 'up'")).isEqualTo("up");
      assertThat(unfinished).doesNotExist();
    }
  }

  @Test
  void a_cluster_of_another_postgresql_is_refused_by_name() throws IOException {
    Database.open(EMBEDDED, home).close();
    Path version = cluster().resolve("PG_VERSION");
    String written = Files.readString(version);
    Files.writeString(version, "11\n");

    assertThatThrownBy(() -> Database.open(EMBEDDED, home))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was written by PostgreSQL 11, but this Rollcall brings PostgreSQL");
    Files.writeString(version, written);
  }

  @Test
  void a_schema_of_a_newer_rollcall_is_refused() {
    try (Database database = Database.open(EMBEDDED, home)) {
      Database.open(EMBEDDED, home).close();
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
    try (Database database = Database.open(EMBEDDED, home)) {
      assertThatThrownBy(
              () ->
                  new Store(database.dataSource()).transaction(
                      connection -> {
                        Query.of(connection, "CREATE TABLE half (n int)").update();
                        throw new IllegalStateException("midway");
                      }))
          .hasMessage("midway");
      assertThat(exists(database, "half")).isFalse();
    }
  }

  @Test
  void a_refused_row_is_not_quoted_in_the_message() {
    try (Database database = Database.open(EMBEDDED, home)) {
      update(database, "CREATE TABLE once (email text PRIMARY KEY)");
      update(database, "INSERT INTO once VALUES ('ada@example.org')");

      assertThatThrownBy(() -> update(database, "INSERT INTO once VALUES ('ada@example.org')"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("duplicate key")
          .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain("ada@example.org"));
    }
    assertThat(data().resolve("postgres.log")).content().doesNotContain("ada@example.org");
  }

  private static void kill(ProcessHandle server, List<ProcessHandle> children) throws Exception {
    server.destroyForcibly();
    server.onExit().get(30, TimeUnit.SECONDS);
    for (ProcessHandle child : children) {
      child.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private Path data() {
    return home.resolve("data");
  }

  private Path cluster() {
    return data().resolve("postgres");
  }

  private static String urlOf(Database database) {
    return new Store(database.dataSource()).transaction(connection -> connection.getMetaData().getURL());
  }

  private static void create(Database database, String table) {
    update(database, "CREATE TABLE " + table + " (n int)");
  }

  private static boolean exists(Database database, String table) {
    return !text(database, "SELECT coalesce(to_regclass('" + table + "')::text, '')").isEmpty();
  }

  private static void update(Database database, String sql) {
    new Store(database.dataSource()).transaction(connection -> Query.of(connection, sql).update());
  }

  private static String text(Database database, String sql) {
    return new Store(database.dataSource()).transaction(
        connection -> Query.of(connection, sql).first(row -> row.getString(1)).orElse(""));
  }

  /** Another process that has the same home open, until it is let go or killed. */
  record Neighbour(Process process) implements AutoCloseable {
    static final String TABLE = "neighbours";

    static Neighbour start(Path home) {
      try {
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Neighbour.class.getName(),
                    home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        assertThat(out.lines().filter("open"::equals).findFirst()).isPresent();
        return new Neighbour(process);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    public static void main(String[] args) throws IOException, SQLException {
      try (Database database = Database.open(EMBEDDED, Path.of(args[0]))) {
        update(database, "CREATE TABLE IF NOT EXISTS " + TABLE + " (pid bigint)");
        update(
            database, "INSERT INTO " + TABLE + " VALUES (" + ProcessHandle.current().pid() + ")");
        System.out.println("open");
        System.in.read();
      }
    }

    long pid() {
      return process.pid();
    }

    void letGo() throws IOException, InterruptedException {
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      if (process.isAlive()) {
        letGo();
      }
    }
  }
}
