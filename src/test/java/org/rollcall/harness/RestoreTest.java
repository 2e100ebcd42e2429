package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.run.RunState;

/** The hub's state is put back to an old backup while the provider went on (failure C7). */
class RestoreTest {
  @ParameterizedTest
  @ValueSource(strings = {"a list the backup knows", "a list made since"})
  void after_an_old_backup_the_next_run_is_right_and_nobody_comes_back(String golf) {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 20, "Board");
      if (golf.equals("a list the backup knows")) {
        put(scene, 18, 20, "Golf");
      }
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      String backup = scene.backup();
      lostDays(scene);
      long contacts = scene.provider().contactCount();
      scene.provider().clearJournal();

      scene.restore(backup);

      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      Check check = new Check(scene);
      check.converged();
      check.statuses();
      assertThat(scene.provider().contactCount()).as("contacts").isEqualTo(contacts);
      assertThat(scene.provider().journal())
          .as("lists that were there already")
          .noneMatch(e -> e.method().equals("POST") && e.path().equals("/v3/contact_lists"));
      scene.provider().clearJournal();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().journal())
          .as("writes of a run after which nothing changed")
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
    }
  }

  /** What the provider and the source lived through, and the restored state knows nothing of. */
  private static void lostDays(Scene scene) {
    put(scene, 20, 25, "Board");
    put(scene, 0, 3, "Golf");
    scene.source().remove(SourceRow.person("m4", "Board", null));
    scene.source().put(SourceRow.person("m5", "Board", "m5@example.org").withName("New", "Name"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.unsubscribes("m6@example.org");
    scene.isUnsubscribedByStaff("m21@example.org");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.unsubscribes("m7@example.org");
    scene.provider().deleteContact("m7@example.org");
    scene.provider().deleteContact("m8@example.org");
    scene.source().put(SourceRow.person("m7", "Board", "m7@example.org").withName("More", "News"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
  }

  private static void put(Scene scene, int from, int to, String group) {
    scene
        .source()
        .put(
            IntStream.range(from, to)
                .mapToObj(i -> SourceRow.person("m" + i, group, "m" + i + "@example.org"))
                .toList());
  }
}
