package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** The hub's own database goes away in the middle of a run (failure C3). */
class StateFaultsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Random moments for each kind of trouble. */
  private static final int EACH = Integer.getInteger("rollcall.outages", 1);

  private static final Executor ABREAST =
      work -> {
        Thread thread = new Thread(work, "state-faults");
        thread.setDaemon(true);
        thread.start();
      };

  private enum Trouble {
    CUT,
    SILENT,
    ONE_SILENT,
    CUT_FOR_A_MOMENT,
    SILENT_FOR_A_MOMENT
  }

  /** How a run ended, and how long after its database had gone. */
  private record End(String what, boolean completed, Duration after) {}

  @Test
  void a_run_whose_database_goes_away_ends_in_30_seconds_and_the_next_puts_everything_right() {
    Random random = new Random(Long.getLong("rollcall.seed", 1));
    long whole = bytesOfARun();
    List<CompletableFuture<Void>> lives = new ArrayList<>();
    for (Trouble trouble : Trouble.values()) {
      for (int i = 0; i < EACH; i++) {
        long after = 1 + random.nextLong(whole);
        lives.add(CompletableFuture.runAsync(() -> live(trouble, after), ABREAST));
      }
    }
    lives.forEach(CompletableFuture::join);
  }

  /** About where the members are copied, the server has got a part of the question only. */
  @Test
  void one_connection_that_falls_silent_in_the_middle_of_a_question_is_found() {
    List<CompletableFuture<Void>> lives =
        LongStream.rangeClosed(10, 14)
            .mapToObj(
                thousands ->
                    CompletableFuture.runAsync(
                        () -> live(Trouble.ONE_SILENT, thousands * 1_000), ABREAST))
            .toList();
    lives.forEach(CompletableFuture::join);
  }

  private static long bytesOfARun() {
    try (Wired wired = new Wired()) {
      wired.scene.sync();
      wired.change();
      wired.plug.tripAfter(Long.MAX_VALUE, () -> {});
      assertThat(wired.scene.sync().state()).isEqualTo(RunState.COMPLETED);
      return wired.plug.passed();
    }
  }

  private static void live(Trouble trouble, long after) {
    String what = trouble + " after " + after + " bytes";
    try (Wired wired = new Wired()) {
      assertThat(wired.scene.sync().state()).isEqualTo(RunState.COMPLETED);
      wired.change();
      End end = wired.runAndLose(trouble, after);
      assertThat(end.after()).as(what + ": " + end.what()).isLessThan(LIMIT);
      if (!end.completed()) {
        assertThat(end.what()).as(what).contains("database");
      }
      wired.heal();
      assertThat(wired.scene.syncUntilCompleted(2).state())
          .as("the run after " + what)
          .isEqualTo(RunState.COMPLETED);
      wired.check.converged();
      wired.check.statuses();
      assertThat(wired.scene.provider().contactCount()).as("contacts, " + what).isEqualTo(45);
    }
  }

  @Test
  void a_database_that_is_away_for_a_moment_between_two_statements_is_waited_for() {
    try (Wired wired = new Wired();
        Tap tap = wired.scene.tap()) {
      wired.scene.sync();
      wired.change();
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean arrived(int number, String what) {
              if (what.endsWith("contacts_json_import")) {
                wired.plug.pull();
                later(Duration.ofSeconds(2), wired.plug::restore);
              }
              return true;
            }
          });

      assertThat(wired.scene.sync().state()).isEqualTo(RunState.COMPLETED);

      wired.check.converged();
    }
  }

  @Test
  void a_server_that_takes_no_new_sessions_ends_the_run_in_30_seconds() {
    try (Wired wired = new Wired();
        Tap tap = wired.scene.tap()) {
      wired.scene.sync();
      wired.change();
      AtomicLong refused = new AtomicLong();
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean arrived(int number, String what) {
              if (what.endsWith("contacts_json_import") && refused.get() == 0) {
                refused.set(System.nanoTime());
                wired.newSessions(false);
              }
              return true;
            }
          });

      String what = wired.outcome();
      Duration took = Duration.ofNanos(System.nanoTime() - refused.get());
      wired.scene.closeHub();

      assertThat(took).as(what).isLessThan(LIMIT);
      assertThat(what).contains("database");
      wired.newSessions(true);
      wired.heal();
      assertThat(wired.scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      wired.check.converged();
    }
  }

  private static void later(Duration delay, Runnable work) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, ABREAST)
        .execute(work);
  }

  /** A scene whose hub reaches its database over a plug. */
  private static final class Wired implements AutoCloseable {
    final Scene scene = Scene.open();
    final Check check = new Check(scene);
    final String direct = Objects.requireNonNull(scene.settings().get("rollcall.database.url"));
    final Plug plug;

    Wired() {
      int port = Integer.parseInt(direct.replaceAll("^jdbc:postgresql://[^/]*:(\\d+)/.*$", "$1"));
      plug = new Plug(port);
      scene.set("rollcall.database.url", direct.replace(":" + port, ":" + plug.port()));
      put(0, 40, "Board");
    }

    private void put(int from, int to, String group) {
      scene
          .source()
          .put(
              IntStream.range(from, to)
                  .mapToObj(i -> SourceRow.person("m" + i, group, "m" + i + "@example.org"))
                  .toList());
    }

    /** Five come, five change groups, one is renamed, one opts out. */
    void change() {
      put(40, 45, "Board");
      for (int i = 0; i < 5; i++) {
        scene.source().remove(SourceRow.person("m" + i, "Board", null));
      }
      put(0, 5, "Golf");
      scene.source().put(SourceRow.person("m9", "Board", "m9@example.org").withName("New", "Name"));
      scene.unsubscribes("m8@example.org");
    }

    /** How the run ends, and the hub with it. */
    End runAndLose(Trouble trouble, long after) {
      AtomicLong lost = new AtomicLong(System.nanoTime());
      plug.tripAfter(
          after,
          () -> {
            lost.set(System.nanoTime());
            lose(trouble);
          });
      String what;
      boolean completed = false;
      try {
        Runs.Record record =
            CompletableFuture.supplyAsync(scene::sync, ABREAST)
                .orTimeout(LIMIT.multipliedBy(2).toSeconds(), TimeUnit.SECONDS)
                .join();
        completed = record.state() == RunState.COMPLETED;
        what = record.state() + " " + record.error();
      } catch (CompletionException e) {
        what = String.valueOf(e.getCause());
      }
      scene.closeHub();
      return new End(what, completed, Duration.ofNanos(System.nanoTime() - lost.get()));
    }

    private void lose(Trouble trouble) {
      switch (trouble) {
        case CUT -> plug.pull();
        case SILENT -> plug.fallSilent();
        case ONE_SILENT -> plug.oneFallsSilent();
        case CUT_FOR_A_MOMENT -> {
          plug.pull();
          later(Duration.ofSeconds(3), plug::restore);
        }
        case SILENT_FOR_A_MOMENT -> {
          plug.fallSilent();
          later(Duration.ofSeconds(3), plug::restore);
        }
      }
    }

    /** Whether the server takes new ones; those that were there are ended when it does not. */
    void newSessions(boolean taken) {
      String name = direct.replaceAll("^jdbc:postgresql://[^/]*/([a-z_0-9]+).*$", "$1");
      scene.source().execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + taken);
      if (!taken) {
        scene
            .source()
            .execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                    + name
                    + "'");
      }
    }

    String outcome() {
      try {
        return String.valueOf(scene.sync().error());
      } catch (RuntimeException e) {
        return String.valueOf(e.getMessage());
      }
    }

    void heal() {
      plug.dropLost();
      scene.set("rollcall.database.url", direct);
    }

    @Override
    public void close() {
      heal();
      plug.close();
      scene.close();
    }
  }
}
