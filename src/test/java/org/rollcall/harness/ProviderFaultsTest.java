package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Fault;
import org.rollcall.sandbox.Fault.Effect;
import org.rollcall.sandbox.SandboxOptions;

/** A provider and a network that fail (failures D1 to D23 and E1 to E4). */
class ProviderFaultsTest {
  private static final String IMPORT = "/v3/activities/contacts_json_import";

  private static Scene withMembers(int count) {
    Scene scene = Scene.open();
    put(scene, 0, count);
    return scene;
  }

  private static void put(Scene scene, int from, int to) {
    scene
        .source()
        .put(
            IntStream.range(from, to)
                .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                .toList());
  }

  private static long imports(Scene scene) {
    return scene.provider().journal().stream().filter(e -> e.path().equals(IMPORT)).count();
  }

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"STATUS", "HTML", "RESET_BEFORE", "RESET_AFTER", "TRUNCATE", "EMPTY", "DRIBBLE"})
  void an_import_without_a_proper_answer_is_settled_by_reading(Effect effect) {
    try (Scene scene = withMembers(5)) {
      scene.provider().addFault(Fault.of("POST", IMPORT, effect).withDelay(Duration.ofMillis(200)));

      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);

      new Check(scene).converged();
      assertThat(imports(scene)).as("one repeat at most").isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"ACTIVITY_FAILED", "ACTIVITY_CANCELLED", "ACTIVITY_TIMED_OUT"})
  void a_job_that_breaks_is_no_verdict_on_its_only_record(Effect effect) {
    try (Scene scene = withMembers(1)) {
      scene.provider().addFault(Fault.of("POST", IMPORT, effect));
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).isEmpty();

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      new Check(scene).converged();
    }
  }

  @Test
  void a_record_whose_jobs_break_again_and_again_becomes_a_dead_letter_and_is_left_alone() {
    try (Scene scene = withMembers(1)) {
      scene.provider().addFault(Fault.of("POST", IMPORT, Effect.ACTIVITY_FAILED).withTimes(-1));
      for (int i = 0; i < 5; i++) {
        scene.sync();
      }
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).hasSize(1);
      assertThat(imports(scene)).isEqualTo(3);
      assertThat(scene.status("m0", "Board").status()).isEqualTo("failed");
    }
  }

  @Test
  void a_job_that_never_ends_holds_up_nobody_and_what_it_does_late_is_put_right() throws Exception {
    try (Scene scene = Scene.open().set("rollcall.accounts.main.job-deadline", "300ms")) {
      put(scene, 0, 3);
      scene.sync();
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org").withName("Old", "Name"));
      scene.provider().addFault(Fault.of("POST", IMPORT, Effect.ACTIVITY_STUCK));
      Runs.Record stuck = scene.sync();
      assertThat(stuck.state()).isEqualTo(RunState.PARTIAL);
      assertThat(stuck.error()).contains("did not end within");

      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org").withName("New", "Name"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();

      scene.provider().releaseStuckActivities();
      assertThat(scene.provider().contact("m0@example.org").orElseThrow().firstName())
          .as("the late job put older data over newer")
          .isEqualTo("Old");
      scene.sync();
      new Check(scene).converged();
    }
  }

  @Test
  void one_bad_record_among_many_is_kept_with_its_reason_and_the_others_go_through() {
    try (Scene scene = withMembers(60)) {
      scene.provider().refuseAddress("m33@example.org", "address is on a block list");
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      Check check = new Check(scene);
      check.refused("m33@example.org");
      check.converged();
      assertThat(scene.status("m33", "Board").reason()).contains("block list");

      long before = imports(scene);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(imports(scene)).as("not sent again").isEqualTo(before);
    }
  }

  @Test
  void a_removal_that_breaks_again_and_again_becomes_a_dead_letter_and_is_left_alone() {
    String removal = "/v3/activities/remove_list_memberships";
    try (Scene scene = withMembers(3)) {
      scene.sync();
      scene.provider().addFault(Fault.of("POST", removal, Effect.ACTIVITY_FAILED).withTimes(-1));
      scene.source().remove(SourceRow.person("m1", "Board", null));
      scene.provider().clearJournal();
      for (int i = 0; i < 3; i++) {
        assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      }
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().journal().stream().filter(e -> e.path().equals(removal)))
          .hasSize(3);
      var letter = scene.hub().deadLetters().open(Scene.SYNC).get(0);
      assertThat(letter.cause()).contains("in 3 runs");
      assertThat(scene.status("m1", "Board").status()).isEqualTo("failed");

      scene.provider().clearFaults();
      scene.hub().deadLetters().settle(letter.id(), true);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  @Test
  void an_update_that_is_counted_as_refused_without_a_word_is_found_and_does_not_pass_as_synced() {
    try (Scene scene = withMembers(2)) {
      scene.sync();
      for (String key : List.of("m0", "m1")) {
        scene
            .source()
            .put(SourceRow.person(key, "Board", key + "@example.org").withName("New", "Name"));
      }
      // of both, then of the first half
      scene
          .provider()
          .addFault(
              Fault.status("GET", "/v3/activities/*", 200)
                  .withTimes(2)
                  .withBody(
                      """
                      {"activity_id": "x", "state": "completed", "activity_errors": [], "status":
                      {"items_total_count": 3, "person_count": 1, "error_count": 1}}"""));
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      assertThat(scene.status("m0", "Board").status()).isEqualTo("failed");
      assertThat(scene.status("m0", "Board").reason()).contains("gave no reason");
      assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
    }
  }

  @Test
  void effects_that_show_late_are_waited_for_and_not_repaired() {
    try (Scene scene = withMembers(5).set("rollcall.accounts.main.settle-patience", "5s")) {
      scene
          .provider()
          .addFault(Fault.of("POST", IMPORT, Effect.LATE).withDelay(Duration.ofMillis(700)));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(imports(scene)).isEqualTo(1);
      new Check(scene).converged();
    }
  }

  @Test
  void a_spent_day_parks_the_work_until_the_next() {
    try (Scene scene = withMembers(5)) {
      scene.provider().addFault(Fault.of("POST", IMPORT, Effect.QUOTA_EXCEEDED));
      Runs.Record parked = scene.sync();
      assertThat(parked.state()).isEqualTo(RunState.PARTIAL);
      assertThat(parked.error()).contains("00:00 UTC");
      assertThat(imports(scene)).isEqualTo(1);
      assertThat(scene.status("m1", "Board").status()).isEqualTo("pending");
    }
  }

  @Test
  void no_second_ever_sees_more_than_four_calls_not_even_when_the_provider_throttles() {
    SandboxOptions strict =
        SandboxOptions.defaults().withJobDelay(Duration.ofMillis(20)).withLimits(4, 10_000);
    try (Scene scene = Scene.open(strict).pace(4)) {
      put(scene, 0, 5);
      scene.provider().addFault(Fault.of("*", "/v3/activities/*", Effect.THROTTLED).withSkip(1));
      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
      assertThat(scene.provider().arrivals()).as("calls").hasSizeGreaterThan(4);
      Check.neverFasterThan(4, scene.provider());
    }
  }

  @Test
  void expired_tokens_are_renewed_once_and_a_revoked_account_stops_with_its_remedy() {
    try (Scene scene = withMembers(2)) {
      scene.sync();
      scene.provider().expireAccessTokens();
      put(scene, 2, 3);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.provider().revokeTokens();
      put(scene, 3, 4);
      Runs.Record stopped = scene.sync();
      assertThat(stopped.state()).isEqualTo(RunState.FAILED);
      assertThat(stopped.error()).contains("rollcall connect main");
      assertThat(scene.provider().list("Board").orElseThrow().members()).isEqualTo(3);
    }
  }

  @Test
  void a_list_that_staff_deleted_is_not_made_again_and_the_other_lists_go_on() {
    try (Scene scene = withMembers(3)) {
      scene.source().put(SourceRow.person("g", "Golf", "g@example.org"));
      scene.sync();
      scene.provider().deleteList("Golf");
      put(scene, 3, 4);
      Commands.Result told = Commands.run(scene.home(), "sync", Scene.SYNC);
      assertThat(told.code()).as(told.err()).isEqualTo(3);
      assertThat(told.out())
          .contains("1 list is not kept; why, and what to do: rollcall dead-letters");
      assertThat(scene.provider().list("Golf")).isEmpty();
      assertThat(scene.provider().list("Board").orElseThrow().members()).isEqualTo(4);
      assertThat(scene.status("g", "Golf").status()).isEqualTo("failed");
      assertThat(scene.hub().deadLetters().open(Scene.SYNC)).hasSize(1);
    }
  }

  @Test
  void a_contact_that_staff_deletes_after_it_opted_out_is_never_made_again() {
    try (Scene scene = withMembers(3)) {
      scene.sync();
      scene.unsubscribes("m1@example.org");
      scene.provider().deleteContact("m1@example.org");
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org").withName("N", "N"));
      scene.sync();
      scene.sync();
      assertThat(scene.provider().contact("m1@example.org").orElseThrow().deleted()).isTrue();
      assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
    }
  }
}
