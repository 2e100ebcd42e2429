package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.sandbox.JournalEntry;

/** Commands in processes of their own: killed, stopped, and two at a time. */
class ProcessesTest {
  private static final int KILLS = Integer.getInteger("rollcall.kills", 8);

  @Test
  void killed_at_random_instants_the_next_run_puts_everything_right() throws Exception {
    long seed = Long.getLong("rollcall.seed", 1);
    Random random = new Random(seed);
    try (Scene scene = Scene.open().paceLifted()) {
      Check check = new Check(scene);
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      scene.sync();
      for (int kill = 1; kill <= KILLS; kill++) {
        change(scene, kill);
        Process process = Commands.start(scene.home(), "sync", "chamber", "--json");
        CountDownLatch working = new CountDownLatch(1);
        int before = calls(scene);
        // some are killed while they start, most while they work
        boolean early = random.nextInt(6) == 0;
        while (!early && process.isAlive() && calls(scene) == before) {
          working.await(5, TimeUnit.MILLISECONDS);
        }
        working.await(random.nextInt(700), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        scene.freeTheSlotsOfTheDead();
        assertThat(scene.syncUntilCompleted(2).state())
            .as("kill " + kill + " of seed " + seed)
            .isEqualTo(RunState.COMPLETED);
        check.converged();
        check.statuses();
      }
      assertThat(scene.provider().contactCount()).isEqualTo(1 + 3 * KILLS);
    }
  }

  private static void change(Scene scene, int turn) {
    for (int i = 0; i < 3; i++) {
      String key = "m" + turn + "-" + i;
      scene.source().put(SourceRow.person(key, "Board", key + "@example.org"));
    }
    String key = "m" + (turn - 1) + (turn == 1 ? "" : "-0");
    scene.source().remove(SourceRow.person(key, "Board", null));
    scene.source().put(SourceRow.person(key, "Golf", key + "@example.org"));
  }

  private static int calls(Scene scene) {
    return scene.provider().journal().size();
  }

  @Test
  void two_processes_on_one_database_run_one_after_the_other() throws Exception {
    try (Scene scene = Scene.open()) {
      scene
          .source()
          .put(
              IntStream.range(0, 50)
                  .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                  .toList());
      Process one = Commands.start(scene.home(), "sync", "chamber", "--json");
      Process two = Commands.start(scene.home(), "sync", "chamber", "--json");
      assertThat(one.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(two.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(one.exitValue())
          .as(Files.readString(scene.home().resolve("process.log")))
          .isZero();
      assertThat(two.exitValue()).isZero();
      assertThat(scene.provider().journal())
          .extracting(JournalEntry::path)
          .filteredOn(path -> path.endsWith("contacts_json_import"))
          .hasSize(1);
      assertThat(
              scene.ask(
                  "SELECT count(*) FROM run a JOIN run b ON a.run_id < b.run_id"
                      + " AND b.started_at < a.finished_at"))
          .as("runs that overlap")
          .isEqualTo("0");
      new Check(scene).converged();
    }
  }

  @Test
  void a_process_stopped_beyond_its_lease_writes_nothing_when_it_goes_on() throws Exception {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      scene.sync();
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      CompletableFuture<Long> stopped = new CompletableFuture<>();
      CountDownLatch goOn = new CountDownLatch(1);
      Process process = Commands.start(scene.home(), "sync", "chamber", "--json");
      // stopped while it waits for what the provider holds: its plan and its writes lie before it
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean answered(int number, String what) {
              if (number == 1) {
                signal(process, "STOP");
                stopped.complete(process.pid());
              }
              return true;
            }
          });
      stopped.get(60, TimeUnit.SECONDS);
      // the time of the lease passes: the heart of a stopped process does not beat
      scene.tell("UPDATE lease SET until = clock_timestamp() - interval '1 second'");
      tap.watch(new Tap.Watch() {});
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.source().remove(SourceRow.person("m0", "Board", null));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.provider().clearJournal();

      signal(process, "CONT");

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String log = Files.readString(scene.home().resolve("process.log"));
      assertThat(process.exitValue()).as(log).isEqualTo(1);
      assertThat(log).contains("was taken over by another process");
      assertThat(scene.provider().journal())
          .as("writes of the process that was away")
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
      new Check(scene).converged();
      goOn.countDown();
    }
  }

  @Test
  void a_node_that_lost_its_lease_while_it_waited_for_its_turn_does_not_send() throws Exception {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      scene.sync();
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      scene.provider().clearJournal();
      scene.tell(
          "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              + " UPDATE lease SET token = token + 1; RETURN NEW; END $$");
      // the moment after the intention was committed, which no check before it can see
      scene.tell(
          "CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON batch DEFERRABLE INITIALLY DEFERRED"
              + " FOR EACH ROW EXECUTE FUNCTION lose()");

      assertThat(scene.sync().error()).contains("was taken over by another process");

      assertThat(scene.provider().journal())
          .noneMatch(e -> e.path().endsWith("contacts_json_import"));
      scene.tell("DROP TRIGGER lose ON batch");
      scene.closeHub();
      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  private static void signal(Process process, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
