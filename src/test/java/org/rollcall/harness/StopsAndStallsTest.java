package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rollcall.hub.Hub;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Scope;

/** A service that is told to stop, and a hub that stalls (failures C11 and C12). */
class StopsAndStallsTest {
  private static final String IMPORT = "contacts_json_import";

  /** Acts once, at the answer to the first call of this kind. */
  private static Tap.Watch onAnswer(String call, Runnable act) {
    AtomicInteger seen = new AtomicInteger();
    return new Tap.Watch() {
      @Override
      public boolean answered(int number, String what) {
        if (what.contains(call) && seen.incrementAndGet() == 1) {
          act.run();
        }
        return true;
      }
    };
  }

  @Test
  void a_service_stopped_in_the_middle_of_a_run_ends_in_30_seconds_and_leaves_nothing_claimed()
      throws Exception {
    try (Scene scene = Scene.open(Scene.quick().withJobDelay(Duration.ofMillis(600)));
        Tap tap = scene.tap()) {
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.closeHub();
      scene
          .set("rollcall.service.port", "0")
          .set("rollcall.syncs.chamber.schedule", "0/1 * * * * ?");
      Check check = new Check(scene);
      int turn = 0;
      for (String call : List.of("GET /v3/contacts", IMPORT, "GET /v3/activities/")) {
        change(scene, ++turn);
        CountDownLatch middle = new CountDownLatch(1);
        tap.watch(onAnswer(call, middle::countDown));
        Process service = Commands.start(scene.home(), "run");
        assertThat(middle.await(60, TimeUnit.SECONDS)).as("came to " + call).isTrue();

        service.destroy();

        assertThat(service.waitFor(30, TimeUnit.SECONDS)).as("ended in time").isTrue();
        assertThat(service.exitValue())
            .as(Files.readString(scene.home().resolve("process.log")))
            .isZero();
        nothingClaimed(scene, call);
        tap.watch(new Tap.Watch() {});
        assertThat(scene.syncUntilCompleted(2).state()).as(call).isEqualTo(RunState.COMPLETED);
        check.converged();
        assertThat(scene.provider().contactCount()).as("contacts").isEqualTo(1 + turn);
        scene.closeHub();
      }
    }
  }

  @Test
  void a_service_stopped_while_the_provider_does_not_answer_ends_in_30_seconds() throws Exception {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      change(scene, 1);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.closeHub();
      scene
          .set("rollcall.service.port", "0")
          .set("rollcall.syncs.chamber.schedule", "0/1 * * * * ?");
      change(scene, 2);
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch gone = new CountDownLatch(1);
      tap.watch(
          onAnswer(
              IMPORT,
              () -> {
                asked.countDown();
                await(gone);
              }));
      Process service = Commands.start(scene.home(), "run");
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

      service.destroy();

      assertThat(service.waitFor(30, TimeUnit.SECONDS)).as("ended in time").isTrue();
      gone.countDown();
      assertThat(service.exitValue()).as("a call had no answer").isEqualTo(1);
      tap.watch(new Tap.Watch() {});
      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
      assertThat(scene.provider().contactCount()).as("contacts").isEqualTo(3);
    }
  }

  private static void change(Scene scene, int turn) {
    String before = "m" + (turn - 1);
    scene.source().put(SourceRow.person("m" + turn, "Board", "m" + turn + "@example.org"));
    scene.source().remove(SourceRow.person(before, "Board", null));
    scene.source().put(SourceRow.person(before, "Golf", before + "@example.org"));
  }

  private static void nothingClaimed(Scene scene, String when) {
    for (String claim :
        List.of(
            "FROM run WHERE state = 'running'",
            "FROM lease WHERE until > clock_timestamp()",
            "FROM batch WHERE state = 'intended'",
            "FROM fire WHERE state = 'running'",
            "FROM pace_slot WHERE free_at > clock_timestamp() + interval '1 second'")) {
      assertThat(scene.ask("SELECT count(*) " + claim)).as(claim + " " + when).isEqualTo("0");
    }
  }

  @Test
  void a_hub_that_stalls_with_a_call_in_hand_until_another_took_over_writes_nothing_more()
      throws Exception {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.source().put(SourceRow.person("m2", "Board", "m2@example.org"));
      scene.source().remove(SourceRow.person("m0", "Board", null));
      CountDownLatch stalled = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      tap.watch(
          onAnswer(
              IMPORT,
              () -> {
                stalled.countDown();
                await(goOn);
              }));
      CompletableFuture<String> stale =
          CompletableFuture.supplyAsync(() -> String.valueOf(scene.sync().error()));
      assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
      // what a stall longer than the lease comes to, the heart standing still as well
      scene.tell("UPDATE lease SET token = token + 1, until = '-infinity'");
      try (Hub other = scene.another(Map.of())) {
        other.syncs().run(Scene.SYNC, Scene.BOTH, Scope.ALL, Progress.NONE);
        scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
        scene.source().remove(SourceRow.person("m1", "Board", null));
        other.syncs().run(Scene.SYNC, Scene.BOTH, Scope.ALL, Progress.NONE);
      }
      new Check(scene).converged();
      scene.provider().clearJournal();

      goOn.countDown();

      assertThat(stale.get(60, TimeUnit.SECONDS)).contains("was taken over by another process");
      assertThat(scene.provider().journal())
          .as("writes of the hub that had stalled")
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      Check check = new Check(scene);
      check.converged();
      check.statuses();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
