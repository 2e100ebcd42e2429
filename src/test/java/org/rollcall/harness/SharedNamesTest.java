package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.JournalEntry;

/** Whose name the contact of a shared address carries, and on which lists it is. */
class SharedNamesTest {
  private static final String ADDRESS = "home@example.org";

  private static SourceRow person(String key, String first, String last) {
    return SourceRow.person(key, "Board", ADDRESS).withName(first, last);
  }

  private static String name(Scene scene) {
    var contact = scene.provider().contact(ADDRESS).orElseThrow();
    return contact.firstName() + " | " + contact.lastName();
  }

  private static Scene combining() {
    return Scene.open().set("rollcall.syncs.chamber.shared-name", "combine");
  }

  private static String named(Scene scene, SourceRow... rows) {
    scene.source().put(rows);
    Runs.Record run = scene.sync();
    assertThat(run.state()).as(run.error()).isEqualTo(RunState.COMPLETED);
    return name(scene);
  }

  private static boolean imported(JournalEntry entry) {
    return entry.path().endsWith("contacts_json_import");
  }

  @Test
  void a_household_is_named_together_and_follows_who_comes_and_goes() {
    try (Scene scene = combining()) {
      SourceRow bob = person("k2", "Bob", "Miller");
      assertThat(named(scene, person("k1", "Ann", "Miller"), bob))
          .isEqualTo("Ann and Bob | Miller");
      assertThat(named(scene, person("k3", "Cid", "miller")))
          .isEqualTo("Ann, Bob and Cid | Miller");
      assertThat(named(scene, person("k3", "Cid", "Stone")))
          .isEqualTo("Ann Miller, Bob Miller and Cid | Stone");
      assertThat(named(scene, person("k4", "Dan", "Miller"))).isEqualTo("Ann Miller | and others");
      assertThat(named(scene, person("k3", "Cid", "Miller"))).isEqualTo("The Miller | household");
      assertThat(named(scene, bob.withRole("primary_contact")))
          .as("the winner is named first, and the household keeps its name")
          .isEqualTo("The Miller | household");
      scene.source().remove(person("k3", "Cid", "Miller"));
      scene.source().remove(person("k4", "Dan", "Miller"));
      assertThat(named(scene)).isEqualTo("Bob and Ann | Miller");
      scene.source().remove(person("k1", "Ann", "Miller"));
      assertThat(named(scene)).isEqualTo("Bob | Miller");
      assertThat(
              named(
                  scene,
                  bob,
                  person("k5", "Zoe", "Miller").withLogin(true),
                  person("k6", "Abe", "Miller")))
          .as("the winner by another rule than the name comes first too")
          .isEqualTo("Zoe, Abe and Bob | Miller");
    }
  }

  @Test
  void nothing_is_sent_while_the_name_stays_the_same() {
    try (Scene scene = combining()) {
      assertThat(named(scene, person("k1", "Ann", "Miller"), person("k2", "Bob", "Stone")))
          .isEqualTo("Ann Miller and Bob | Stone");
      scene.provider().clearJournal();

      scene.sync();
      assertThat(named(scene, person("k2", "Bob", "Stone").withLogin(false).withParent("x")))
          .isEqualTo("Ann Miller and Bob | Stone");

      assertThat(scene.provider().journal()).noneMatch(SharedNamesTest::imported);
    }
  }

  @Test
  void one_person_in_two_records_a_company_and_too_long_names() {
    try (Scene scene = combining()) {
      assertThat(named(scene, person("k1", "Ann", "Miller"), person("k2", "ANN", "Miller")))
          .as("the same name twice is one person")
          .isEqualTo("Ann | Miller");
      assertThat(named(scene, SourceRow.company("c1", "Board", ADDRESS))).isEqualTo("Ann | Miller");
      String longName = "Wolfeschlegelsteinhausenbergerdorff";
      assertThat(named(scene, person("k3", longName, "Stone")))
          .as("exactly 50 characters")
          .isEqualTo("Ann Miller and " + longName + " | Stone");
      assertThat(named(scene, person("k3", longName + longName, "Stone")))
          .isEqualTo("Ann Miller | and others");
    }
  }

  @Test
  void a_family_name_that_no_combination_holds_leaves_the_winner_alone() {
    try (Scene scene = combining()) {
      String longName = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren";
      assertThat(named(scene, person("k1", "Ann", longName), person("k2", "Bob", longName)))
          .isEqualTo("Ann | " + longName.substring(0, 50));
    }
  }

  @Test
  void the_rule_takes_effect_when_it_changes_and_not_only_when_the_source_does() {
    try (Scene scene = Scene.open()) {
      assertThat(named(scene, person("k1", "Ann", "Miller"), person("k2", "Bob", "Miller")))
          .isEqualTo("Ann | Miller");
      scene.set("rollcall.syncs.chamber.shared-name", "combine");
      scene.closeHub();
      assertThat(named(scene)).isEqualTo("Ann and Bob | Miller");
      scene.set("rollcall.syncs.chamber.shared-name", "winner");
      scene.closeHub();
      assertThat(named(scene)).isEqualTo("Ann | Miller");
      new Check(scene).converged();
    }
  }

  @Test
  void several_groups_and_records_give_the_union_of_lists_and_leaving_one_keeps_the_others() {
    try (Scene scene = combining()) {
      SourceRow ann = person("k1", "Ann", "Miller");
      SourceRow again = person("k9", "Ann", "Miller").in("Choir");
      scene.source().put(ann, ann.in("Chess"), again, again.in("Board"));
      scene.sync();
      assertThat(scene.provider().contact(ADDRESS).orElseThrow().lists())
          .containsExactlyInAnyOrder("Board", "Chess", "Choir");

      scene.source().remove(ann);
      scene.sync();
      assertThat(scene.provider().contact(ADDRESS).orElseThrow().lists())
          .as("the other record still belongs to Board")
          .containsExactlyInAnyOrder("Board", "Chess", "Choir");

      scene.source().remove(again.in("Board"));
      scene.source().remove(ann.in("Chess"));
      scene.sync();
      assertThat(scene.provider().contact(ADDRESS).orElseThrow().lists()).containsExactly("Choir");
      new Check(scene).converged();
      assertThat(scene.provider().contacts(0, 10)).hasSize(1);
    }
  }
}
