package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rollcall.hub.Hub;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;

/**
 * Invariant 2: killed at any instant and started again, the hub reaches the same provider state as
 * if nothing had happened. A hub is killed here by cutting it off from its state and from the
 * provider at one moment; what it does afterwards reaches nobody.
 */
class CrashTest {
  /** Every so manieth call is tried; 1 tries all. */
  private static final int STRIDE = Integer.getInteger("rollcall.stride", 3);

  @Test
  void killed_before_any_of_its_calls_the_next_run_puts_everything_right() throws Exception {
    killAtEveryCall(true);
  }

  @Test
  void killed_after_any_of_its_calls_was_applied_the_next_run_puts_everything_right()
      throws Exception {
    killAtEveryCall(false);
  }

  private static void killAtEveryCall(boolean before) throws Exception {
    try (Scene scene = Scene.open().paceLifted()) {
      Check check = prepare(scene);
      int call = before ? 1 : 2;
      int turn = 1;
      try (Victim victim = new Victim(scene)) {
        change(scene, turn);
        while (victim.runUntil(call, "", before)) {
          scene.freeTheSlotsOfTheDead();
          String when = (before ? "before " : "after ") + "call " + call + " " + victim.lastCall();
          assertThat(scene.sync().state()).as(when).isEqualTo(RunState.COMPLETED);
          check.converged();
          check.statuses();
          assertThat(scene.sync().state()).as("once more " + when).isEqualTo(RunState.COMPLETED);
          check.converged();
          assertThat(scene.provider().contactCount()).as("contacts, " + when).isEqualTo(7 + turn);
          call += STRIDE;
          turn++;
          victim.revive();
          change(scene, turn);
        }
      }
      assertThat(call).as("calls of a run that nobody killed").isGreaterThan(8);
    }
  }

  /** A sync that has run before, so that there is something to remove and to update. */
  private static Check prepare(Scene scene) {
    for (int i = 0; i < 6; i++) {
      scene.source().put(SourceRow.person("m" + i, "Board", "m" + i + "@example.org"));
    }
    scene.provider().createContact("hand@example.net", List.of("Board"), Edit.name("By", "Hand"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    Check check = new Check(scene);
    check.foreign("hand@example.net");
    return check;
  }

  /** One comes, one is renamed, two change groups. */
  private static void change(Scene scene, int turn) {
    String key = "new" + turn;
    String there = turn % 2 == 0 ? "Board" : "Golf" + turn;
    String back = turn % 2 == 0 ? "Golf" + (turn - 1) : "Board";
    scene.source().put(SourceRow.person(key, there, key + "@example.org"));
    scene
        .source()
        .put(SourceRow.person("m2", "Board", "m2@example.org").withName("Turn" + turn, "Name"));
    for (String mover : List.of("m0", "m1")) {
      scene.source().remove(SourceRow.person(mover, back, null));
      scene.source().put(SourceRow.person(mover, there, mover + "@example.org"));
    }
    if (turn == 3) {
      scene.unsubscribes("m3@example.org");
    }
  }

  @Test
  void what_a_killed_run_added_is_taken_away_again_when_the_source_changed_its_mind()
      throws Exception {
    try (Scene scene = Scene.open().paceLifted();
        Victim victim = new Victim(scene)) {
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      scene.source().put(SourceRow.person("m2", "Golf", "m2@example.org"));
      scene.sync();
      scene.source().put(SourceRow.person("m1", "Golf", "m1@example.org"));
      assertThat(victim.runUntil(0, "contacts_json_import", false)).isTrue();
      scene.freeTheSlotsOfTheDead();
      scene.source().remove(SourceRow.person("m1", "Golf", null));

      scene.sync();

      scene.provider().finishActivities();
      scene.sync();
      assertThat(scene.provider().contact("m1@example.org").orElseThrow().lists())
          .containsExactly("Board");
    }
  }

  /** A hub that dies at a moment of its run. */
  private static final class Victim implements AutoCloseable {
    private final Scene scene;
    private Tap tap;
    private Plug plug;

    Victim(Scene scene) {
      this.scene = scene;
      this.tap = new Tap(scene.sandbox().apiUrl().resolve("/"));
      this.plug = new Plug(databasePort());
    }

    void revive() {
      close();
      tap = new Tap(scene.sandbox().apiUrl().resolve("/"));
      plug = new Plug(databasePort());
    }

    String lastCall() {
      List<String> calls = tap.calls();
      return calls.isEmpty() ? "" : calls.get(calls.size() - 1);
    }

    /** Runs the sync; true when it was killed at this call, false when it ended before. */
    boolean runUntil(int call, String path, boolean before) throws Exception {
      CountDownLatch over = new CountDownLatch(1);
      CountDownLatch killed = new CountDownLatch(1);
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean arrived(int number, String what) {
              return killed.getCount() > 0 && !(before && hit(number, what) && die());
            }

            @Override
            public boolean answered(int number, String what) {
              return killed.getCount() > 0 && !(!before && hit(number, what) && die());
            }

            private boolean hit(int number, String what) {
              return number == call || (!path.isEmpty() && what.endsWith(path));
            }

            private boolean die() {
              plug.pull();
              killed.countDown();
              over.countDown();
              return true;
            }
          });
      // what is left of a killed hub is left to its fate
      Thread thread = new Thread(() -> run(over), "victim");
      thread.setDaemon(true);
      thread.start();
      assertThat(over.await(60, TimeUnit.SECONDS)).as("killed or done in time").isTrue();
      return killed.getCount() == 0;
    }

    private void run(CountDownLatch over) {
      int tapped = tap.port();
      int real = scene.sandbox().apiUrl().getPort();
      Map<String, String> sets =
          Map.of(
              "rollcall.database.url", url().replace(":" + databasePort(), ":" + plug.port()),
              "rollcall.accounts.main.api-url",
                  setting("api-url").replace(":" + real, ":" + tapped),
              "rollcall.accounts.main.auth-url",
                  setting("auth-url").replace(":" + real, ":" + tapped));
      try (Hub hub = scene.another(sets)) {
        hub.syncs().run(Scene.SYNC, Scene.BOTH, Scope.ALL, Progress.NONE);
      } catch (RuntimeException e) {
        // so dies a hub without its database
      } finally {
        over.countDown();
      }
    }

    private String setting(String name) {
      return Objects.requireNonNull(scene.settings().get("rollcall.accounts.main." + name));
    }

    private String url() {
      return Objects.requireNonNull(scene.settings().get("rollcall.database.url"));
    }

    private int databasePort() {
      return Integer.parseInt(url().replaceAll("^jdbc:postgresql://[^/]*:(\\d+)/.*$", "$1"));
    }

    @Override
    public void close() {
      plug.close();
      tap.close();
    }
  }
}
