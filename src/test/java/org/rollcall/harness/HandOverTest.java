package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;

/** Opt-outs come home, and reach the integrator's route at least once. */
class HandOverTest {
  private static final String TABLE =
      "CREATE TABLE mail_consent (id text PRIMARY KEY, member_key text, what text, address text,"
          + " at timestamp with time zone, by_whom text, reason text)";

  /** A chamber with the example's route, its table, and this many members who are on the list. */
  private static Scene chamber(int members) {
    Scene scene = Scene.open();
    handsOver(scene);
    for (int i = 1; i <= members; i++) {
      scene.source().put(SourceRow.person("m" + i, "Board", "m" + i + "@example.org"));
    }
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    return scene;
  }

  private static void handsOver(Scene scene) {
    scene.set("rollcall.syncs.chamber.opt-outs", "direct:chamber-opt-outs");
    scene.write("routes/chamber-opt-outs.camel.yaml", example());
    scene.source().execute(TABLE);
  }

  private static String example() {
    try {
      return Files.readString(Path.of("docs/examples/chamber-opt-outs.camel.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> table(Scene scene, String columns) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = scene.source().pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT concat_ws(' ', " + columns + ") FROM mail_consent ORDER BY 1")) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  @Test
  void an_opt_out_reaches_the_table_of_the_example_with_its_evidence() {
    try (Scene scene = chamber(3)) {
      scene.unsubscribes("m1@example.org");
      scene.isUnsubscribedByStaff("m2@example.org");

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      assertThat(table(scene, "member_key, what, address, by_whom, reason"))
          .containsExactly(
              "m1 opt_out m1@example.org Contact had enough",
              "m2 opt_out m2@example.org Account asked by telephone");
    }
  }

  @Test
  void an_opt_out_is_handed_over_once_and_a_second_time_under_the_same_id_only() {
    try (Scene scene = chamber(2)) {
      scene.unsubscribes("m1@example.org");
      scene.sync();
      List<String> before = table(scene, "id, at");
      scene.source().execute("DELETE FROM mail_consent");
      scene.sync();
      assertThat(table(scene, "id")).as("handed over again").isEmpty();

      scene.tell("DELETE FROM consent_member; DELETE FROM consent");
      scene.tell("UPDATE account SET pulled_until = NULL");
      scene.sync();

      assertThat(table(scene, "id, at")).as("after all was read anew").isEqualTo(before);
    }
  }

  @Test
  void somebody_who_had_opted_out_before_the_first_run_comes_home_with_the_first_run() {
    try (Scene scene = Scene.open()) {
      handsOver(scene);
      scene.provider().createContact("m1@example.org", List.of(), Edit.name("Ann", "Ash"));
      scene.unsubscribes("m1@example.org");
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));

      scene.sync(List.of(Job.CONTACTS), Scope.ALL);

      assertThat(table(scene, "member_key, what")).containsExactly("m1 opt_out");
    }
  }

  @Test
  void everybody_behind_a_shared_address_is_named() {
    try (Scene scene = chamber(1)) {
      scene.source().put(SourceRow.person("m9", "Golf", "m1@example.org"));
      scene.sync();
      scene.unsubscribes("m1@example.org");
      scene.sync();
      assertThat(table(scene, "member_key, what")).containsExactly("m1 opt_out", "m9 opt_out");
    }
  }

  @Test
  void who_subscribes_again_in_a_form_of_the_provider_is_told_as_well() {
    try (Scene scene = chamber(1)) {
      scene.unsubscribes("m1@example.org");
      scene.sync();
      scene.provider().confirmOptIn("m1@example.org");
      scene.sync();
      assertThat(table(scene, "member_key, what, by_whom"))
          .containsExactly("m1 opt_in Contact", "m1 opt_out Contact");
    }
  }

  @Test
  void a_source_that_cannot_be_read_does_not_keep_opt_outs_from_coming_home() {
    try (Scene scene = chamber(2)) {
      scene.unsubscribes("m1@example.org");
      scene.query("SELECT nonsense FROM member_row");

      assertThat(scene.sync().state()).isEqualTo(RunState.FAILED);
      assertThat(table(scene, "member_key")).containsExactly("m1");
    }
  }

  @Test
  void leaving_a_group_is_no_opt_out() {
    try (Scene scene = chamber(3)) {
      scene.source().remove(SourceRow.person("m1", "Board", null));
      scene.source().put(SourceRow.person("m2", "Board", "m2@example.org").withStatus("lapsed"));
      scene.source().put(SourceRow.person("m3", "Board", "m3@example.org").withOptOut(true));

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.sync();

      assertThat(scene.provider().contacts(0, 10))
          .extracting(contact -> contact.address(), contact -> contact.permission())
          .containsOnly(
              tuple("m1@example.org", "implicit"),
              tuple("m2@example.org", "implicit"),
              tuple("m3@example.org", "implicit"));
      assertThat(scene.provider().contacts(0, 10)).allMatch(contact -> contact.lists().isEmpty());
      assertThat(scene.ask("SELECT count(*) FROM consent")).isEqualTo("0");
      assertThat(table(scene, "id")).isEmpty();
    }
  }

  @Test
  void a_failing_route_loses_nothing_and_does_not_stop_the_sync() {
    try (Scene scene = chamber(3)) {
      scene.unsubscribes("m1@example.org");
      scene.unsubscribes("m2@example.org");
      scene.source().put(SourceRow.person("m4", "Board", "m4@example.org"));
      scene.source().execute("ALTER TABLE mail_consent RENAME TO away");

      var record = scene.sync();

      assertThat(record.state()).isEqualTo(RunState.PARTIAL);
      assertThat(record.error())
          .contains("2 opt-outs wait to be handed over")
          .contains("direct:chamber-opt-outs failed")
          .doesNotContain("@example.org");
      assertThat(scene.provider().contact("m4@example.org").orElseThrow().lists())
          .containsExactly("Board");
      assertThat(scene.sync().state()).as("still failing").isEqualTo(RunState.PARTIAL);

      scene.source().execute("ALTER TABLE away RENAME TO mail_consent");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(table(scene, "member_key")).containsExactly("m1", "m2");
    }
  }

  @Test
  void a_dry_run_hands_nothing_over() {
    try (Scene scene = chamber(1)) {
      scene.unsubscribes("m1@example.org");
      scene.sync(Scene.BOTH, new Scope(null, null, true));
      assertThat(table(scene, "id")).isEmpty();
      scene.sync();
      assertThat(table(scene, "member_key")).containsExactly("m1");
    }
  }

  @Test
  void one_bad_record_does_not_hold_up_the_others_for_ever() {
    try (Scene scene = chamber(5)) {
      scene.source().execute("ALTER TABLE mail_consent ADD CHECK (member_key <> 'm3')");
      for (int i = 1; i <= 5; i++) {
        scene.unsubscribes("m" + i + "@example.org");
      }
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);

      assertThat(scene.sync().error()).contains("1 became dead letters");

      assertThat(table(scene, "member_key")).containsExactly("m1", "m2", "m4", "m5");
      assertThat(scene.hub().deadLetters().open(Scene.SYNC))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.kind()).isEqualTo("opt_out");
                assertThat(letter.memberKey()).isEqualTo("m3");
                assertThat(letter.cause()).doesNotContain("@example.org");
              });
      assertThat(scene.sync().state())
          .as("with the record put aside")
          .isEqualTo(RunState.COMPLETED);

      scene
          .source()
          .execute("ALTER TABLE mail_consent DROP CONSTRAINT mail_consent_member_key_check");
      long letter = scene.hub().deadLetters().open(Scene.SYNC).get(0).id();
      scene.hub().deadLetters().settle(letter, true);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(table(scene, "member_key")).contains("m3");
    }
  }

  @Test
  void a_route_that_is_down_for_long_makes_no_dead_letters() {
    try (Scene scene = chamber(3)) {
      scene.source().execute("ALTER TABLE mail_consent RENAME TO away");
      scene.unsubscribes("m1@example.org");
      scene.unsubscribes("m2@example.org");
      for (int i = 0; i < 5; i++) {
        assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      }
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).isEmpty();
      scene.source().execute("ALTER TABLE away RENAME TO mail_consent");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(table(scene, "member_key")).containsExactly("m1", "m2");
    }
  }

  @Test
  void a_route_that_takes_nothing_is_asked_so_often_in_a_run_and_no_more() {
    try (Scene scene = chamber(70)) {
      scene
          .source()
          .execute(
              "CREATE SEQUENCE tried; CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                  + " $$ BEGIN PERFORM nextval('tried'); RAISE 'no'; END $$;"
                  + " CREATE TRIGGER refuse BEFORE INSERT ON mail_consent FOR EACH ROW"
                  + " EXECUTE FUNCTION refuse()");
      for (int i = 1; i <= 70; i++) {
        scene.unsubscribes("m" + i + "@example.org");
      }
      for (int i = 0; i < 3; i++) {
        assertThat(scene.sync().error()).contains("70 opt-outs wait to be handed over");
      }
      assertThat(scene.source().ask("SELECT last_value FROM tried"))
          .as("calls: one in each of two runs, then 64 to find out who is to blame")
          .isEqualTo("66");
    }
  }

  @Test
  void a_bad_record_that_is_alone_is_put_aside_after_ten_runs() {
    try (Scene scene = chamber(1)) {
      scene.source().execute("ALTER TABLE mail_consent ADD CHECK (member_key <> 'm1')");
      scene.unsubscribes("m1@example.org");
      for (int i = 0; i < 10; i++) {
        assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      }
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).isEmpty();

      assertThat(scene.sync().error()).contains("1 became dead letters");

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void what_the_source_said_and_what_the_hub_did_is_no_news_to_the_source() {
    try (Scene scene = ComingBackTest.scene()) {
      handsOver(scene);
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      scene.sync();
      scene.unsubscribes("m1@example.org");
      scene.sync();
      ComingBackTest.consents(scene, "m1", "now()::timestamptz::text", "'paper form'");
      assertThat(scene.sync().counts()).contains("\"resubscribe\": 1");
      assertThat(table(scene, "what")).containsExactly("opt_out");

      scene.provider().confirmResubscribe("m1@example.org");
      scene.sync();

      assertThat(table(scene, "what")).containsExactly("opt_out", "resubscribed");
    }
  }

  @Test
  void an_opt_out_that_was_taken_back_is_not_that_of_whoever_comes_to_the_address_later() {
    try (Scene scene = chamber(1)) {
      scene.unsubscribes("m1@example.org");
      scene.sync();
      scene.provider().confirmOptIn("m1@example.org");
      scene.sync();
      scene.source().put(SourceRow.person("m9", "Golf", "m1@example.org"));

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      assertThat(table(scene, "member_key, what")).containsExactly("m1 opt_in", "m1 opt_out");
    }
  }

  @Test
  void an_opt_out_under_the_address_that_a_member_has_just_left_is_that_members() {
    try (Scene scene = chamber(1)) {
      scene.unsubscribes("m1@example.org");
      scene.source().put(SourceRow.person("m1", "Board", "m1@elsewhere.example"));

      scene.sync();

      assertThat(table(scene, "member_key, address")).containsExactly("m1 m1@example.org");
    }
  }

  @Test
  void an_opt_out_follows_the_contact_to_the_address_that_staff_gave_it() {
    try (Scene scene = chamber(1)) {
      scene.provider().createContact("nobody@example.org", List.of(), Edit.name("No", "Body"));
      scene.unsubscribes("nobody@example.org");
      scene.sync();
      assertThat(table(scene, "id")).isEmpty();
      scene.provider().editContact("nobody@example.org", Edit.address("m9@example.org"));
      scene.source().put(SourceRow.person("m9", "Board", "m9@example.org"));

      scene.sync();

      assertThat(table(scene, "member_key, what")).containsExactly("m9 opt_out");
    }
  }

  @Test
  void check_names_a_route_that_nobody_wrote() {
    try (Scene scene = Scene.open()) {
      scene.set("rollcall.syncs.chamber.opt-outs", "direct:nobody");
      assertThat(scene.hub().check())
          .containsExactly(
              "config/application.properties: rollcall.syncs.chamber.opt-outs: no route listens to"
                  + " direct:nobody; correct the name, or write a route under routes/ that begins"
                  + " there");
    }
  }
}
