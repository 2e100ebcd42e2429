package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Fault;
import org.rollcall.sandbox.Fault.Effect;

/** An import takes addresses of 50 characters, a contact has 80: longer ones go by themselves. */
class LongAddressesTest {
  private static final String LONG =
      "a-quite-long-name.of-a-person@a-rather-long-name-of-an-association.example.org";

  private static Scene withLongAddress() {
    Scene scene = Scene.open();
    scene.query(
        "SELECT member_key, grp AS \"group\", email, kind, first_name, last_name, '7' AS seat"
            + " FROM member_row ORDER BY member_key, grp");
    scene.source().put(SourceRow.person("long", "Board", LONG));
    scene.source().put(SourceRow.person("short", "Board", "short@example.org"));
    return scene;
  }

  private static ContactView contact(Scene scene) {
    return scene.provider().contact(LONG).orElseThrow();
  }

  @Test
  void it_is_created_updated_put_on_lists_and_taken_off_them_and_loses_nothing_over_it() {
    try (Scene scene = withLongAddress()) {
      Check check = new Check(scene);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      check.converged();
      assertThat(contact(scene).fields()).containsEntry("seat", "7");
      assertThat(contact(scene).permission()).isEqualTo("implicit");

      scene
          .provider()
          .editContact(
              LONG,
              new Edit(null, null, "Boatyard", "Treasurer", null, null, Map.of("Table", "12")));
      scene.provider().createList("Staff");
      scene.provider().addToList(LONG, "Staff");
      check.byHand(LONG, "Staff");
      scene.source().put(SourceRow.person("long", "Board", LONG).withName("T.J.", "New"));
      scene.source().put(SourceRow.person("long", "Choir", LONG).withName("T.J.", "New"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      ContactView updated = contact(scene);
      assertThat(updated.firstName()).isEqualTo("TJ");
      assertThat(updated.lastName()).isEqualTo("New");
      assertThat(updated.jobTitle()).isEqualTo("Treasurer");
      assertThat(updated.companyName()).isEqualTo("Boatyard");
      assertThat(updated.fields()).containsEntry("seat", "7").containsValue("12");
      assertThat(updated.lists()).containsExactlyInAnyOrder("Board", "Choir", "Staff");

      scene.source().remove(SourceRow.person("long", "Board", null));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(contact(scene).lists()).containsExactlyInAnyOrder("Choir", "Staff");
      assertThat(scene.sync().counts()).as("then nothing is left").contains("\"unchanged\": 2");
    }
  }

  @Test
  void a_plan_foresees_the_calls_that_go_by_themselves() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("long", "Board", LONG));
      assertThat(foreseen(scene)).as("one makes it, and a page shows it").isEqualTo("2");
      scene.sync();
      scene
          .source()
          .put(
              SourceRow.person("long", "Board", LONG).withName("Other", "Name"),
              SourceRow.person("longer", "Board", "x" + LONG),
              SourceRow.person("short", "Board", "short@example.org"));

      assertThat(foreseen(scene))
          .as("two for the one that is there, one for the new one, an import, its poll, a page")
          .isEqualTo("6");
    }
  }

  private static String foreseen(Scene scene) {
    scene.sync(List.of(Job.CONTACTS), new Scope(null, null, true));
    return String.valueOf(
        scene.ask("SELECT forecast ->> 'calls' FROM run ORDER BY run_id DESC LIMIT 1"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"STATUS", "RESET_BEFORE", "RESET_AFTER", "TRUNCATE"})
  void a_call_without_a_proper_answer_is_settled_by_reading(Effect effect) {
    try (Scene scene = withLongAddress()) {
      scene.provider().addFault(Fault.of("POST", "/v3/contacts", effect).withStatus(500));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  @Test
  void a_contact_that_staff_deleted_comes_back_and_one_that_opted_out_does_not() {
    try (Scene scene = withLongAddress()) {
      scene.sync();
      scene.provider().deleteContact(LONG);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(contact(scene).deleted()).isFalse();
      assertThat(contact(scene).lists()).containsExactly("Board");

      scene.unsubscribes(LONG);
      scene.source().put(SourceRow.person("long", "Choir", LONG).withName("Other", "Name"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).nobodyResubscribed();
      assertThat(scene.status("long", "Choir").status()).isEqualTo("unsubscribed");
    }
  }

  @Test
  void a_refused_one_is_kept_with_its_reason_and_the_others_go_on() {
    String tooLong = "x".repeat(20) + LONG;
    try (Scene scene = withLongAddress()) {
      scene.source().put(SourceRow.person("longer", "Board", tooLong));
      scene.provider().addFault(Fault.status("POST", "/v3/contacts", 400));
      Runs.Record run = scene.sync();
      assertThat(run.state()).isEqualTo(RunState.PARTIAL);
      assertThat(scene.status("long", "Board").reason()).contains("the provider refused it");
      assertThat(scene.status("longer", "Board").detail())
          .isEqualTo("is longer than 80 characters");
      assertThat(scene.status("short", "Board").status()).isEqualTo("synced");
      List<String> causes =
          scene.hub().deadLetters().open(Scene.SYNC).stream().map(l -> l.cause()).toList();
      assertThat(causes).hasSize(1);
      assertThat(scene.sync().state()).as("not sent again").isEqualTo(RunState.COMPLETED);
    }
  }
}
