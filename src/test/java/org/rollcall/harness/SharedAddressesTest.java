package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.sandbox.JournalEntry;

/** Which member wins an address (failures G11 and G12). */
class SharedAddressesTest {
  private static final String ADDRESS = "shared@example.org";

  private static SourceRow person(String key, String role) {
    return SourceRow.person(key, "Board", ADDRESS).withRole(role);
  }

  private static String holder(Scene scene) {
    var contact = scene.provider().contact(ADDRESS).orElseThrow();
    return contact.companyName() != null ? contact.companyName() : "" + contact.lastName();
  }

  @Test
  void each_rank_takes_the_contact_over_from_the_rank_below_and_hands_it_back_in_order() {
    List<SourceRow> ladder =
        List.of(
            SourceRow.person("d", "Board", ADDRESS),
            SourceRow.person("c", "Board", ADDRESS).withLogin(true),
            person("b", "management"),
            person("a2", "management").withLogin(true),
            person("billing", "billing_contact"),
            person("low", "primary_contact").withParent("top"),
            person("top", "primary_contact"));
    try (Scene scene = Scene.open()) {
      Check check = new Check(scene);
      for (SourceRow better : ladder) {
        scene.source().put(better);
        assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
        assertThat(holder(scene)).isEqualTo(better.lastName());
        check.converged();
        check.statuses();
      }
      assertThat(scene.status("low", "Board").reason()).isEqualTo("shared address");
      assertThat(scene.status("low", "Board").detail()).contains("top");
      scene.provider().clearJournal();
      List<SourceRow> steps = new ArrayList<>(ladder);
      while (steps.size() > 1) {
        scene.source().remove(steps.remove(steps.size() - 1));
        assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
        assertThat(holder(scene)).isEqualTo(steps.get(steps.size() - 1).lastName());
        check.converged();
      }
      assertThat(scene.provider().journal())
          .as("the contact never leaves the list in between")
          .extracting(JournalEntry::path)
          .noneMatch(path -> path.contains("remove_list_memberships"));
    }
  }

  @Test
  void equals_are_told_apart_by_last_name_then_first_name_then_key() {
    try (Scene scene = Scene.open()) {
      Check check = new Check(scene);
      scene.source().put(SourceRow.person("k3", "Board", ADDRESS).withName("Zoe", "adams"));
      scene.source().put(SourceRow.person("k2", "Board", ADDRESS).withName("Amy", "Brown"));
      scene.source().put(SourceRow.person("k1", "Board", ADDRESS).withName("Bea", "ADAMS"));
      scene.sync();
      assertThat(scene.status("k1", "Board").status()).isEqualTo("synced");
      scene.source().put(SourceRow.person("k0", "Board", ADDRESS).withName("Bea", "ADAMS"));
      scene.sync();
      assertThat(scene.status("k0", "Board").status()).isEqualTo("synced");
      check.converged();
      check.statuses();
    }
  }

  @Test
  void a_company_yields_to_a_person_and_the_address_is_on_every_list_of_either() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.company("c1", "Companies", ADDRESS));
      scene.sync();
      scene.source().put(SourceRow.person("p1", "Board", " Shared@Example.ORG "));
      scene.sync();
      new Check(scene).converged();
      assertThat(scene.provider().contact(ADDRESS).orElseThrow().lists())
          .containsExactly("Board", "Companies");
      assertThat(scene.status("c1", "Companies").status()).isEqualTo("synced");
      assertThat(scene.status("c1", "Companies").detail()).contains("shared with");
    }
  }

  @Test
  void a_change_higher_up_in_the_family_tree_changes_the_winner() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("root", "Board", "root@example.org"));
      scene.source().put(SourceRow.person("mid", "Board", "mid@example.org").withParent("root"));
      scene.source().put(person("a", "primary_contact").withParent("root"));
      scene.source().put(person("b", "primary_contact").withParent("mid"));
      scene.sync();
      assertThat(holder(scene)).isEqualTo("Last a");

      scene.source().put(SourceRow.person("mid", "Board", "mid@example.org"));
      scene.source().put(SourceRow.person("root", "Board", "root@example.org").withParent("far"));
      scene.source().put(SourceRow.person("far", "Board", null).withParent("farther"));
      scene.sync();
      assertThat(holder(scene)).isEqualTo("Last b");
      new Check(scene).converged();
    }
  }

  @Test
  void tags_and_dots_make_other_addresses() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("k1", "Board", "a.b@example.org"));
      scene.source().put(SourceRow.person("k2", "Board", "ab@example.org"));
      scene.source().put(SourceRow.person("k3", "Board", "ab+x@example.org"));
      scene.sync();
      assertThat(scene.provider().list("Board").orElseThrow().members()).isEqualTo(3);
    }
  }
}
