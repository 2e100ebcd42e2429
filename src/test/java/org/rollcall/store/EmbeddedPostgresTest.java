package org.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.store.DatabaseTest.EMBEDDED;
import static org.rollcall.store.DatabaseTest.exists;
import static org.rollcall.store.DatabaseTest.text;
import static org.rollcall.store.DatabaseTest.update;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server's life: started, shared, left behind, killed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedPostgresTest {
  @TempDir Path home;

  @AfterEach
  void stop_what_a_failed_test_left() throws IOException {
    Postmaster.in(cluster()).ifPresent(server -> server.process().destroy());
  }

  @Test
  void data_is_there_after_a_restart() throws IOException {
    try (Database database = Database.open(EMBEDDED, home)) {
      DatabaseTest.create(database, "kept");
    }
    assertThat(Postmaster.in(cluster())).as("server after close").isEmpty();

    try (Database database = Database.open(EMBEDDED, home)) {
      assertThat(exists(database, "kept")).isTrue();
    }
  }

  @Test
  void a_second_opening_attaches_and_the_last_to_close_stops_the_server() throws IOException {
    Database first = Database.open(EMBEDDED, home);
    Database second = Database.open(EMBEDDED, home);
    DatabaseTest.create(first, "shared");

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

    public static void main(String[] args) throws IOException {
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
