package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Commands.Result;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/** Every decision about a member, in order and in plain language. */
class ExplainTest {
  private static final String ADDRESS = "home@example.org";

  private static Result explain(Scene scene, String... more) {
    scene.closeHub();
    List<String> arguments = new ArrayList<>(List.of("explain", "chamber", "--member"));
    arguments.addAll(List.of(more));
    return Commands.run(scene.home(), arguments.toArray(String[]::new));
  }

  /** What is said about something, with the group in front. */
  private static List<String> said(Scene scene, String key, String about) {
    Result result = explain(scene, key, "--json");
    assertThat(result.code()).as(result.err()).isZero();
    List<String> said = new ArrayList<>();
    for (JsonNode step : result.json().path("steps")) {
      if (step.path("about").asText().equals(about)) {
        String group = step.path("group").isNull() ? "" : step.path("group").asText() + ": ";
        said.add(group + step.path("text").asText());
      }
    }
    return said;
  }

  @Test
  void a_synced_member_is_followed_from_the_row_to_the_contact() {
    try (Scene scene = Scene.open()) {
      scene.provider().createList("Choir");
      SourceRow ann = SourceRow.person("m1", "Board", " Home@Example.ORG");
      scene.source().put(ann, ann.in("Choir"));
      assertThat(scene.sync().error()).isNull();

      assertThat(said(scene, "m1", "source"))
          .contains("Board: the source gives the member in this group");
      assertThat(said(scene, "m1", "address"))
          .containsExactly("given as \"Home@Example.ORG\", compared as home@example.org");
      assertThat(said(scene, "m1", "eligibility"))
          .hasSize(2)
          .allMatch(text -> text.contains("eligible: a valid address, no opt-out at the source"));
      assertThat(said(scene, "m1", "shared address"))
          .containsExactly("nobody else has the address");
      assertThat(said(scene, "m1", "list"))
          .containsExactly(
              "Board: \"Board\" was made by Rollcall",
              "Choir: \"Choir\" was there before and was adopted");
      assertThat(said(scene, "m1", "provider").get(0))
          .contains("permission implicit, on the lists Board, Choir")
          .contains("its fields are as the source has them");
      assertThat(said(scene, "m1", "status").get(0)).startsWith("Board: synced");
      assertThat(said(scene, "m1", "next run"))
          .containsExactly("nothing to do, if the source stays as it is");
      Result unknown = explain(scene, "nobody");
      assertThat(unknown.code()).isEqualTo(2);
      assertThat(unknown.err()).contains("sync chamber has no member \"nobody\"");
      assertThat(explain(scene, "m1").out())
          .contains("member m1 of sync chamber, First m1 Last m1");
    }
  }

  @Test
  void what_staff_put_on_lists_and_what_is_yet_to_be_sent_is_told_apart_from_ours() {
    try (Scene scene = Scene.open()) {
      SourceRow ann = SourceRow.person("m1", "Board", ADDRESS);
      scene.source().put(ann, SourceRow.person("m2", "Golf", "golf@example.org"));
      scene.sync();
      scene.provider().addToList(ADDRESS, "Golf");
      scene.source().put(ann.withName("Another", "Name"));
      scene.sync(Scene.BOTH, new Scope(null, null, true));

      assertThat(said(scene, "m1", "provider").get(0))
          .contains("on the lists Board, put by hand on Golf")
          .contains("its fields are not known to be as the source has them");
      assertThat(said(scene, "m1", "next run")).containsExactly("update contact");
    }
  }

  private static SourceRow person(String key, String last) {
    return SourceRow.person(key, "Board", ADDRESS).withName("Pat", last);
  }

  /** Why the first of two wins. */
  private static String ahead(SourceRow winner, SourceRow loser) {
    try (Scene scene = Scene.open()) {
      scene.source().put(winner, loser);
      scene.sync();
      List<String> lost = said(scene, loser.key(), "shared address");
      assertThat(lost.get(0)).contains("the contact carries their data", "(" + winner.key() + ")");
      assertThat(lost.get(1))
          .startsWith("Board: ")
          .contains("(" + winner.key() + ") stands for the address in this group: ahead ");
      assertThat(said(scene, winner.key(), "shared address").get(0))
          .contains("the contact carries this member's data", "(" + loser.key() + ")");
      return lost.get(0).replaceAll(".*: ahead ", "");
    }
  }

  @Test
  void the_first_rule_that_decided_is_named() {
    assertThat(ahead(person("b", "Zed").withRole("primary_contact"), person("a", "Ash")))
        .isEqualTo("by role: primary contact before other person");
    assertThat(
            ahead(
                person("b", "Zed").withRole("primary_contact"),
                person("a", "Ash").withRole("primary_contact").withParent("b")))
        .isEqualTo("by family tree: stands higher (0 above it, the other has 1)");
    assertThat(ahead(person("b", "Zed").withLogin(true), person("a", "Ash")))
        .startsWith("by sign-in");
    assertThat(ahead(person("b", "Ash"), person("a", "Zed"))).startsWith("by name");
    assertThat(ahead(person("a", "Ash"), person("b", "Ash"))).startsWith("by key");
  }

  @Test
  void whoever_is_not_on_a_list_learns_why() {
    try (Scene scene = Scene.open().guard("0")) {
      SourceRow gone = SourceRow.person("gone", "Board", "gone@example.org");
      scene
          .source()
          .put(
              SourceRow.person("out", "Board", "out@example.org"),
              SourceRow.person("bad", "Board", "bad@example.org"),
              SourceRow.person("lapsed", "Board", "lapsed@example.org").withStatus("lapsed"),
              SourceRow.person("wrong", "Board", "wrong@"),
              gone);
      scene.provider().refuseAddress("bad@example.org", "is on the suppression list");
      scene.sync();
      scene.unsubscribes("out@example.org");
      scene.source().remove(gone);
      scene.sync();
      scene.source().put(SourceRow.person("out", "Board", "out@elsewhere.example"));
      scene.sync();

      assertThat(said(scene, "out", "opt-out").get(0))
          .contains("out@example.org (an earlier address), by the contact")
          .contains("had enough");
      assertThat(said(scene, "out", "status"))
          .containsExactly(
              "Board: unsubscribed: Contact is unsubscribed (under an earlier address)");
      assertThat(said(scene, "bad", "delivery").get(0))
          .contains("failed:", "suppression list", "dead letter 1");
      assertThat(said(scene, "lapsed", "eligibility"))
          .containsExactly("Board: not applicable: inactive member");
      assertThat(said(scene, "wrong", "address"))
          .containsExactly("given as \"wrong@\", which is none");
      assertThat(said(scene, "wrong", "eligibility").get(0))
          .startsWith("Board: not applicable: invalid e-mail address (");
      assertThat(said(scene, "gone", "delivery").get(0))
          .startsWith("held: run " + scene.ask("SELECT max(run_id) FROM change WHERE held") + " ")
          .contains("waits for approval");
      assertThat(said(scene, "gone", "next run")).containsExactly("remove from list: Board");
    }
  }

  @Test
  void what_was_only_planned_or_rejected_is_no_trouble() {
    try (Scene scene = Scene.open().guard("0")) {
      SourceRow gone = SourceRow.person("gone", "Board", "gone@example.org");
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"), gone);
      Runs.Record all = scene.sync();
      scene.sync(List.of(Job.UNDO), Scope.undo(all.id(), true));
      assertThat(scene.ask("SELECT count(*) FROM change WHERE held")).isEqualTo("2");
      assertThat(said(scene, "m1", "delivery")).isEmpty();

      scene.source().remove(gone);
      Runs.Record held = scene.sync();
      assertThat(said(scene, "gone", "delivery")).hasSize(1);
      scene.hub().runs().decide(held.id(), "rejected", "anna");
      assertThat(said(scene, "gone", "delivery")).isEmpty();
    }
  }

  @Test
  void what_the_next_run_would_do_is_told_and_not_done() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      scene.sync();
      scene.provider().removeFromList("m1@example.org", "Board");
      scene.tell("DELETE FROM membership");

      assertThat(said(scene, "m1", "next run")).containsExactly("add to list: Board");
      assertThat(said(scene, "m1", "next run")).containsExactly("add to list: Board");
      assertThat(scene.ask("SELECT count(*) FROM change WHERE run_id = 0")).isEqualTo("0");
    }
  }
}
