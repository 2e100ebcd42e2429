package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;

/** Runs of a part, runs that only look, and contacts on more lists than there may be. */
class ScopesTest {
  private static SourceRow row(String key, String group) {
    return SourceRow.person(key, group, key + "@example.org");
  }

  @ParameterizedTest
  @CsvSource({"--group, Bord", "--member, nobody"})
  void a_group_or_member_that_is_not_there_is_wrong_usage_and_changes_nothing(
      String option, String value) {
    try (Scene scene = Scene.open()) {
      scene.source().put(row("a", "Board"));
      Commands.Result result =
          Commands.run(scene.home(), "sync", "chamber", option, value, "--json");
      assertThat(result.code()).as(result.err()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("\"" + value + "\"");
      assertThat(scene.provider().lists()).isEmpty();
    }
  }

  @Test
  void one_group_of_a_shared_list_adds_and_removes_its_own_members_only() {
    try (Scene scene = Scene.open().set("rollcall.syncs.chamber.list-name", "Everybody")) {
      scene.source().put(row("a", "Archery"), row("b", "Board"), row("c", "Board"));
      scene.sync();
      scene.source().remove(row("a", "Archery"));
      scene.source().remove(row("b", "Board"));
      scene.source().put(row("d", "Archery"), row("e", "Board"));

      scene.sync(Scene.BOTH, new Scope("Archery", null, false));

      assertThat(scene.provider().membersOf("Everybody", 9))
          .extracting("address")
          .containsExactlyInAnyOrder("b@example.org", "c@example.org", "d@example.org");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().membersOf("Everybody", 9))
          .extracting("address")
          .containsExactlyInAnyOrder("c@example.org", "d@example.org", "e@example.org");
    }
  }

  @Test
  void a_dry_run_looks_and_decides_nothing() {
    try (Scene scene = Scene.open()) {
      scene.source().put(row("a", "Board"), row("b", "Golf"));
      scene.sync();
      scene.provider().createContact("x@example.org", List.of("Board"), Edit.name("X", "Y"));
      scene.provider().createContact("y@example.org", List.of("Choir"), Edit.name("Y", "Y"));
      scene.provider().deleteList("Golf");
      scene.source().put(row("x", "Board"), row("y", "Choir"));

      var planned = scene.sync(Scene.BOTH, new Scope(null, null, true));

      assertThat(planned).extracting("state").containsOnly(RunState.PLANNED);
      assertThat(planned.get(1).counts())
          .as("b alone, whose list is gone: x and y are on theirs")
          .contains("\"addToList\": 1");
      assertThat(scene.ask("SELECT state FROM list WHERE name = 'Choir'")).isEqualTo("wanted");
      assertThat(scene.ask("SELECT state FROM list WHERE name = 'Golf'")).isEqualTo("live");
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).isEmpty();
      scene.source().remove(row("x", "Board"));
      scene.source().remove(row("y", "Choir"));
      scene.sync();
      assertThat(scene.provider().contact("x@example.org").orElseThrow().lists())
          .as("the membership that staff made is theirs")
          .containsExactly("Board");
      assertThat(scene.provider().contact("y@example.org").orElseThrow().lists())
          .containsExactly("Choir");
    }
  }

  @Test
  void nobody_is_put_on_more_lists_than_the_provider_allows_and_the_rest_has_a_reason() {
    try (Scene scene = Scene.open()) {
      scene.source().put(IntStream.range(10, 62).mapToObj(i -> row("a", "Group " + i)).toList());
      scene.sync();
      assertThat(scene.provider().contact("a@example.org").orElseThrow().lists()).hasSize(50);
      assertThat(scene.status("a", "Group 10").status()).isEqualTo("synced");
      assertThat(scene.status("a", "Group 61").status()).isEqualTo("failed");
      assertThat(scene.status("a", "Group 61").reason())
          .isEqualTo("on as many lists as the provider allows");
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).isEmpty();

      scene.provider().clearJournal();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().journal()).noneMatch(e -> e.path().contains("import"));

      scene.source().remove(row("a", "Group 10"));
      scene.syncUntilCompleted(3);
      assertThat(scene.status("a", "Group 60").status()).isEqualTo("synced");
      assertThat(scene.provider().contact("a@example.org").orElseThrow().lists()).hasSize(50);
    }
  }
}
