package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** The rules of a sync are data: others give other winners, also of an unchanged source. */
class RulesTest {
  private static final String ADDRESS = "shared@example.org";
  private static final String RULE = "rollcall.syncs.chamber.";

  private static SourceRow person(String key, String last) {
    return SourceRow.person(key, "Board", ADDRESS).withName("Pat", last);
  }

  private static String holder(Scene scene) {
    var contact = scene.provider().contact(ADDRESS).orElseThrow();
    return contact.companyName() != null ? contact.companyName() : "" + contact.lastName();
  }

  private static Runs.Record under(Scene scene, String rule, String value) {
    scene.set(RULE + rule, value);
    scene.closeHub();
    return scene.sync();
  }

  @Test
  void another_order_of_criteria_gives_another_winner_though_the_source_is_the_same() {
    try (Scene scene = Scene.open()) {
      scene
          .source()
          .put(
              person("k1", "Adams"),
              person("k2", "Zimmer").withRole("primary_contact").withParent("k1"),
              person("k3", "Young").withLogin(true),
              person("k4", "Xu").withRole("primary_contact"));
      scene.sync();
      assertThat(holder(scene)).isEqualTo("Xu");

      assertThat(under(scene, "winner-order", "name").state()).isEqualTo(RunState.COMPLETED);
      assertThat(holder(scene)).isEqualTo("Adams");
      assertThat(scene.status("k1", "Board").status()).isEqualTo("synced");
      assertThat(scene.status("k4", "Board").detail()).contains("k1");
      under(scene, "winner-order", "sign-in,role");
      assertThat(holder(scene)).as("who signs in, whatever the role").isEqualTo("Young");
      under(scene, "winner-order", "role,name,family-tree");
      assertThat(holder(scene)).as("the name goes before the tree").isEqualTo("Xu");
      under(scene, "winner-order", "key");
      assertThat(holder(scene)).isEqualTo("Adams");
      under(scene, "winner-order", "role,family-tree,sign-in,name,key");
      assertThat(holder(scene)).isEqualTo("Xu");
      scene.provider().clearJournal();
      assertThat(scene.sync().counts()).contains("\"updateContact\": 0");
      new Check(scene).converged();
    }
  }

  @Test
  void companies_win_where_the_order_of_roles_says_so() {
    try (Scene scene = Scene.open()) {
      scene
          .source()
          .put(
              person("k1", "Adams").withRole("primary_contact"),
              SourceRow.company("c1", "Board", ADDRESS));
      scene.sync();
      assertThat(holder(scene)).isEqualTo("Adams");

      under(scene, "winner-roles", "company,member,management,billing_contact,primary_contact");

      assertThat(holder(scene)).isEqualTo("Company c1");
      assertThat(scene.status("k1", "Board").reason()).isEqualTo("shared address");
    }
  }

  @Test
  void conditions_can_be_switched_off_but_an_opt_out_and_a_wrong_address_cannot() {
    List<SourceRow> rows =
        List.of(
            SourceRow.person("lapsed", "Board", "lapsed@example.org").withStatus("lapsed"),
            SourceRow.person("off", "Board", "off@example.org").withEnabled(false),
            SourceRow.person("wife", "Board", "wife@example.org").withMembership("beneficiary"),
            SourceRow.person("out", "Board", "out@example.org").withOptOut(true),
            SourceRow.person("wrong", "Board", "wrong@"));
    try (Scene scene = Scene.open().set(RULE + "memberships", "primary")) {
      scene.source().put(rows);
      scene.sync();
      assertThat(scene.statuses()).allMatch(member -> member.status().equals("not applicable"));

      scene.set(RULE + "memberships", "primary,beneficiary");
      under(scene, "eligible", "any");

      assertThat(scene.statuses())
          .filteredOn(member -> member.status().equals("synced"))
          .extracting(member -> member.memberKey())
          .containsExactly("lapsed", "off", "wife");
      assertThat(scene.status("out", "Board").reason())
          .isEqualTo("marketing opt-out at the source");
      assertThat(scene.status("wrong", "Board").reason()).isEqualTo("invalid e-mail address");
      under(scene, "eligible", "enabled,active,membership");
      assertThat(scene.status("lapsed", "Board").reason()).isEqualTo("inactive member");
      assertThat(scene.provider().contact("lapsed@example.org").orElseThrow().lists()).isEmpty();
    }
  }
}
