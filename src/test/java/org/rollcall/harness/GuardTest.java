package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** Invariant 3 and the guard: what would remove too much waits for a person, all else goes on. */
class GuardTest {
  private static Scene twentyOnTheBoard(String limit) {
    Scene scene = Scene.open().guard(limit);
    put(scene, "Board", 0, 20);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    return scene;
  }

  private static void put(Scene scene, String group, int from, int to) {
    scene
        .source()
        .put(
            IntStream.range(from, to)
                .mapToObj(i -> SourceRow.person("m" + i, group, "m" + i + "@example.org"))
                .toList());
  }

  private static void remove(Scene scene, String group, int from, int to) {
    IntStream.range(from, to)
        .forEach(i -> scene.source().remove(SourceRow.person("m" + i, group, null)));
  }

  private static int onBoard(Scene scene) {
    return scene.provider().list("Board").orElseThrow().members();
  }

  @Test
  void a_source_that_gives_nothing_empties_no_list_whatever_the_limit() {
    try (Scene scene = twentyOnTheBoard("100%")) {
      scene.source().clear();
      for (int i = 0; i < 3; i++) {
        assertThat(scene.sync().state()).isEqualTo(RunState.HELD);
        assertThat(onBoard(scene)).isEqualTo(20);
      }
    }
  }

  @Test
  void exactly_the_limit_goes_through_and_one_more_is_held() {
    try (Scene scene = twentyOnTheBoard("10%")) {
      remove(scene, "Board", 0, 2);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(onBoard(scene)).isEqualTo(18);

      remove(scene, "Board", 2, 4);
      Runs.Record held = scene.sync();
      assertThat(held.state()).isEqualTo(RunState.HELD);
      assertThat(held.heldReason())
          .isEqualTo(
              "list \"Board\": 2 of 18 memberships would be removed, more than the 10% allowed");
      assertThat(onBoard(scene)).isEqualTo(18);
    }
  }

  @Test
  void a_number_as_limit_counts_for_each_list_and_for_the_account() {
    try (Scene scene = Scene.open().guard("3")) {
      put(scene, "Board", 0, 10);
      put(scene, "Golf", 20, 30);
      scene.sync();
      remove(scene, "Board", 0, 2);
      remove(scene, "Golf", 20, 22);
      Runs.Record held = scene.sync();
      assertThat(held.state()).isEqualTo(RunState.HELD);
      assertThat(held.heldReason())
          .isEqualTo("the account: 4 of 20 memberships would be removed, more than the 3 allowed");
    }
  }

  @Test
  void additions_and_changes_go_through_while_removals_are_held_and_a_drop_is_taken_back() {
    try (Scene scene = twentyOnTheBoard("10%")) {
      remove(scene, "Board", 0, 10);
      put(scene, "Board", 50, 53);
      assertThat(scene.sync().state()).isEqualTo(RunState.HELD);
      assertThat(onBoard(scene)).isEqualTo(23);
      assertThat(scene.status("m3", "Board").status()).isEqualTo("held");
      assertThat(scene.status("m50", "Board").status()).isEqualTo("synced");

      put(scene, "Board", 0, 10);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  @Test
  void an_approval_covers_the_plan_that_was_shown_and_no_other() {
    try (Scene scene = twentyOnTheBoard("10%")) {
      remove(scene, "Board", 0, 5);
      Runs.Record held = scene.sync();
      scene.closeHub();
      remove(scene, "Board", 5, 6);

      Commands.Result other = approve(scene, held.id());
      assertThat(other.code()).as(other.err()).isEqualTo(4);
      assertThat(onBoard(scene)).isEqualTo(20);

      long again = other.json().path("run").asLong();
      Commands.Result same = approve(scene, again);
      assertThat(same.code()).as(same.err()).isZero();
      assertThat(onBoard(scene)).isEqualTo(14);
      new Check(scene).converged();

      remove(scene, "Board", 6, 9);
      assertThat(scene.sync().state()).as("an approval is used once").isEqualTo(RunState.HELD);
    }
  }

  private static Commands.Result approve(Scene scene, long run) {
    return Commands.run(scene.home(), "approve", Long.toString(run), "--json");
  }

  @Test
  void a_decision_is_taken_once_and_a_rejected_plan_removes_nobody() {
    try (Scene scene = twentyOnTheBoard("10%")) {
      remove(scene, "Board", 0, 5);
      long held = scene.sync().id();
      scene.closeHub();

      assertThat(Commands.run(scene.home(), "reject", "" + held).code()).isZero();
      Commands.Result late = approve(scene, held);
      assertThat(late.code()).isEqualTo(1);
      assertThat(late.err()).contains("was decided before: rejected");
      assertThat(onBoard(scene)).isEqualTo(20);

      Commands.Result again = Commands.run(scene.home(), "sync", "chamber", "--json");
      assertThat(again.code()).as("held anew").isEqualTo(4);
      assertThat(onBoard(scene)).isEqualTo(20);

      JsonNode anew = again.json().path(1);
      assertThat(approve(scene, anew.path("run").asLong()).code()).isZero();
      assertThat(approve(scene, anew.path("run").asLong()).err())
          .contains("was decided before: approved, and carried out");
    }
  }

  @Test
  void exit_codes_tell_done_failed_misused_partly_failed_and_held_apart() {
    try (Scene scene = twentyOnTheBoard("10%")) {
      scene.closeHub();
      assertThat(sync(scene).code()).isZero();
      assertThat(Commands.run(scene.home(), "sync", "nobody").code()).isEqualTo(2);
      assertThat(Commands.run(scene.home(), "sync", "chamber", "--job", "dance").code())
          .isEqualTo(2);

      put(scene, "Board", 60, 62);
      scene.provider().refuseAddress("m60@example.org", "address is on a block list");
      Commands.Result partial = sync(scene);
      assertThat(partial.code()).as(partial.out()).isEqualTo(3);
      assertThat(scene.status("m60", "Board").status()).isEqualTo("failed");
      assertThat(scene.status("m61", "Board").status()).isEqualTo("synced");
      scene.closeHub();

      remove(scene, "Board", 0, 9);
      assertThat(sync(scene).code()).isEqualTo(4);

      scene.source().execute("ALTER TABLE member_row RENAME TO moved");
      Commands.Result failed = sync(scene);
      assertThat(failed.code()).isEqualTo(1);
      assertThat(onBoard(scene)).isEqualTo(21);
    }
  }

  private static Commands.Result sync(Scene scene) {
    return Commands.run(scene.home(), "sync", "chamber", "--json");
  }

  @Test
  void a_dry_run_shows_the_plan_and_sends_nothing() {
    try (Scene scene = twentyOnTheBoard("10%")) {
      scene.closeHub();
      put(scene, "Board", 70, 73);
      remove(scene, "Board", 0, 1);
      scene.provider().clearJournal();

      JsonNode runs = Commands.run(scene.home(), "sync", "chamber", "--dry-run", "--json").json();

      JsonNode counts = runs.get(1).path("counts");
      assertThat(runs.get(1).path("state").asText()).isEqualTo("planned");
      assertThat(counts.path("createContact").asInt()).isEqualTo(3);
      assertThat(counts.path("addToList").asInt()).isEqualTo(3);
      assertThat(counts.path("removeFromList").asInt()).isEqualTo(1);
      assertThat(scene.provider().journal())
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
    }
  }
}
