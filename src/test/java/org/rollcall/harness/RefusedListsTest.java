package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Fault;

/** A list that the provider will not make holds up no other, and is not tried every night. */
class RefusedListsTest {
  private static final String LISTS = "/v3/contact_lists";

  private static Scene withThreeGroups(int status) {
    Scene scene = Scene.open();
    scene.source().put(SourceRow.person("a", "Archery", "a@example.org"));
    scene.source().put(SourceRow.person("b", "Board", "b@example.org"));
    scene.source().put(SourceRow.person("c", "Choir", "c@example.org"));
    // lists are made in the order of their names: it hits the second
    scene.provider().addFault(Fault.status("POST", LISTS, status).withSkip(1));
    return scene;
  }

  private static long attempts(Scene scene) {
    return scene.provider().journal().stream()
        .filter(entry -> entry.method().equals("POST") && entry.path().equals(LISTS))
        .count();
  }

  @Test
  void a_name_that_the_provider_refuses_fails_its_members_only_and_waits_for_a_person() {
    try (Scene scene = withThreeGroups(400)) {
      Commands.Result first = Commands.run(scene.home(), "sync", "chamber");
      assertThat(first.code()).as(first.err()).isEqualTo(3);

      assertThat(scene.provider().list("Archery").orElseThrow().members()).isEqualTo(1);
      assertThat(scene.provider().list("Choir").orElseThrow().members()).isEqualTo(1);
      assertThat(scene.provider().list("Board")).isEmpty();
      var letter = scene.hub().deadLetters().open(Scene.SYNC).get(0);
      assertThat(letter.kind()).isEqualTo("list");
      assertThat(letter.cause()).contains("Board").contains("refused");
      assertThat(letter.remedy()).contains("list-name");
      assertThat(scene.status("b", "Board").status()).isEqualTo("failed");
      assertThat(scene.status("b", "Board").reason()).contains("the provider refused it");
      assertThat(scene.status("a", "Archery").status()).isEqualTo("synced");

      assertThat(states(scene)).containsOnly(RunState.COMPLETED);
      assertThat(attempts(scene)).as("not tried again").isEqualTo(3);
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).hasSize(1);

      scene.hub().deadLetters().settle(letter.id(), true);
      assertThat(states(scene)).containsOnly(RunState.COMPLETED);
      assertThat(scene.status("b", "Board").status()).isEqualTo("synced");
      new Check(scene).converged();
    }
  }

  @Test
  void a_name_that_is_taken_but_never_shown_fails_its_members_only() {
    try (Scene scene = withThreeGroups(409)) {
      assertThat(states(scene)).containsExactly(RunState.PARTIAL, RunState.COMPLETED);
      assertThat(scene.status("b", "Board").status()).isEqualTo("failed");
      assertThat(scene.status("c", "Choir").status()).isEqualTo("synced");
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).hasSize(1);
    }
  }

  @Test
  void another_name_or_a_list_made_by_staff_ends_it_without_a_replay() {
    try (Scene scene = withThreeGroups(400)) {
      scene.sync();
      scene.provider().createList("Board");
      assertThat(states(scene)).containsOnly(RunState.COMPLETED);
      assertThat(scene.status("b", "Board").status()).isEqualTo("synced");
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).isEmpty();
    }
    try (Scene scene = withThreeGroups(400)) {
      scene.sync();
      scene.closeHub();
      scene.set("rollcall.syncs.chamber.list-name", "Chamber ${group}");
      assertThat(states(scene)).containsOnly(RunState.COMPLETED);
      assertThat(scene.provider().list("Chamber Board").orElseThrow().members()).isEqualTo(1);
    }
  }

  private static List<RunState> states(Scene scene) {
    return scene.sync(Scene.BOTH, Scope.ALL).stream().map(Runs.Record::state).toList();
  }
}
