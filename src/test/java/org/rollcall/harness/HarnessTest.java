package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.sandbox.Control.Edit;

/** The oracle has to see every kind of wrong, or its silence means nothing. */
class HarnessTest {
  @Test
  void a_first_sync_puts_everybody_on_their_lists_and_the_second_writes_nothing() {
    try (Scene scene = Scene.open()) {
      scene
          .source()
          .put(
              SourceRow.person("m1", "Board", "ann@example.org"),
              SourceRow.person("m1", "Golf", "ann@example.org"),
              SourceRow.company("c1", "Board", "office@example.org"),
              SourceRow.person("m2", "Golf", "not an address"));

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();

      scene.provider().clearJournal();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().journal())
          .filteredOn(entry -> entry.path().startsWith("/v3"))
          .allMatch(entry -> entry.method().equals("GET"));
    }
  }

  @Test
  void the_oracle_sees_a_wrong_list_a_wrong_name_a_missing_contact_and_a_resubscription() {
    try (Scene scene = Scene.open()) {
      scene
          .source()
          .put(
              SourceRow.person("m1", "Board", "ann@example.org"),
              SourceRow.person("m2", "Board", "bob@example.org"),
              SourceRow.person("m3", "Board", "cat@example.org"));
      scene.sync();
      Check check = new Check(scene);
      Wanted wanted = Wanted.of(scene.source().rows());
      assertThat(check.differences(wanted)).isEmpty();

      scene.provider().addToList("ann@example.org", "Golf");
      scene.provider().editContact("bob@example.org", Edit.name("Somebody", "Else"));
      scene.provider().deleteContact("cat@example.org");

      List<String> wrong = check.differences(wanted);
      assertThat(wrong).anyMatch(line -> line.contains("ann@example.org is on [Board, Golf]"));
      assertThat(wrong).anyMatch(line -> line.contains("bob@example.org has the first name"));
      assertThat(wrong).anyMatch(line -> line.contains("cat@example.org is deleted and wanted"));
    }
  }
}
