package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Fault;
import org.rollcall.sandbox.JournalEntry;

/** Who opted out comes back by fresh consent and an own click, and in no other way. */
class ComingBackTest {
  private static final String ANN = "ann@example.org";

  /** A member who was on the list and has opted out; the source knows columns for consent. */
  private static Scene optedOut() {
    Scene scene = scene();
    scene.source().put(SourceRow.person("m1", "Board", ANN));
    scene.source().put(SourceRow.person("m2", "Board", "bob@example.org"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.unsubscribes(ANN);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.provider().clearJournal();
    return scene;
  }

  static Scene scene() {
    Scene scene = Scene.open();
    // opt-outs lie in the past of the hub, so that there is room for consent after them
    scene.provider().setClock(Instant.now().minus(Duration.ofMinutes(5)));
    scene.source().execute("ALTER TABLE member_row ADD opt_in_at text, ADD opt_in_source text");
    scene.query(
        MemberDatabase.QUERY.replace(
            "marketing_opt_out", "marketing_opt_out, opt_in_at, opt_in_source"));
    return scene;
  }

  /**
   * @param at an SQL expression
   */
  static void consents(Scene scene, String key, String at, String source) {
    scene
        .source()
        .execute(
            "UPDATE member_row SET opt_in_at = %s, opt_in_source = %s WHERE member_key = '%s'"
                .formatted(at, source, key));
  }

  private static void consents(Scene scene) {
    consents(scene, "m1", "now()::timestamptz::text", "'paper form'");
  }

  static List<JournalEntry> asked(Scene scene) {
    return scene.provider().journal().stream()
        .filter(entry -> entry.path().contains("resubscribe"))
        .toList();
  }

  private static String detail(Scene scene) {
    return String.valueOf(scene.status("m1", "Board").detail());
  }

  @Test
  void fresh_consent_has_the_person_asked_once_and_the_click_brings_them_back() {
    try (Scene scene = optedOut()) {
      consents(scene);

      Runs.Record record = scene.sync();

      assertThat(record.state()).isEqualTo(RunState.COMPLETED);
      assertThat(record.counts()).contains("\"resubscribe\": 1");
      assertThat(asked(scene)).hasSize(1);
      assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
      assertThat(detail(scene)).contains("asked to confirm on", "; waiting for the person");

      for (int i = 0; i < 3; i++) {
        assertThat(scene.sync().counts()).contains("\"resubscribe\": 0");
      }
      assertThat(asked(scene)).hasSize(1);
      assertThat(scene.provider().contact(ANN).orElseThrow().permission())
          .isEqualTo("unsubscribed");

      assertThat(scene.provider().confirmResubscribe(ANN)).isTrue();
      scene.sync();
      assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
      assertThat(scene.provider().contact(ANN).orElseThrow().lists()).containsExactly("Board");
      assertThat(
              Commands.run(scene.home(), "consent", "chamber", "--member", "m1", "--json").lines())
          .extracting(
              line -> line.path("what").asText(),
              line -> line.path("system").asText(),
              line -> line.path("by").asText())
          .containsExactly(
              tuple("opt_out", "provider", "Contact"),
              tuple("opt_in", "source", "paper form"),
              tuple("resubscribe_asked", "hub", "paper form"),
              tuple("resubscribed", "provider", "Contact"));
    }
  }

  @Test
  void a_flag_ticked_and_unticked_is_no_consent() {
    try (Scene scene = optedOut()) {
      scene.source().put(SourceRow.person("m1", "Board", ANN).withOptOut(true));
      scene.sync();
      scene.source().put(SourceRow.person("m1", "Board", ANN).withOptOut(false));
      scene.sync();
      assertThat(asked(scene)).isEmpty();
      assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "(now() - interval '1 year')::text | 'form' | by the contact",
        "(now() + interval '1 hour')::text | 'form' | by the contact; consent does not count: opt_in_at lies in the future",
        "(now() + interval '1 hour')::timestamp::text | 'form' | does not count: opt_in_at has no time zone",
        "(current_date + 1)::text | 'form' | does not count: opt_in_at has no time zone",
        "now()::text | NULL | does not count: opt_in_source is missing",
        "now()::text | '  ' | does not count: opt_in_source is missing",
      })
  void consent_without_its_evidence_counts_for_nothing(String at, String source, String why) {
    try (Scene scene = optedOut()) {
      consents(scene, "m1", at, source);
      scene.sync();
      scene.sync();
      assertThat(asked(scene)).isEmpty();
      assertThat(detail(scene)).endsWith(why);
    }
  }

  @Test
  void consent_within_the_second_of_the_opt_out_may_have_come_before_it() {
    try (Scene scene = optedOut()) {
      String at = "'" + scene.ask("SELECT at FROM consent") + "'::timestamptz";
      consents(scene, "m1", "(" + at + " + interval '999 ms')::text", "'form'");
      scene.sync();
      assertThat(asked(scene)).isEmpty();
      consents(scene, "m1", "(" + at + " + interval '1 s')::text", "'form'");
      scene.sync();
      assertThat(asked(scene)).hasSize(1);
    }
  }

  @Test
  void consent_of_somebody_whom_the_source_opts_out_counts_for_nothing() {
    try (Scene scene = optedOut()) {
      scene.source().put(SourceRow.person("m1", "Board", ANN).withOptOut(true));
      consents(scene);
      scene.sync();
      assertThat(asked(scene)).isEmpty();
    }
  }

  @Test
  void an_opt_out_after_the_consent_wins_even_when_it_comes_while_people_are_asked() {
    try (Scene scene = optedOut()) {
      consents(scene);
      Tap tap = scene.tap();
      scene.closeHub();
      tap.watch(
          new Tap.Watch() {
            private boolean done;

            @Override
            public boolean arrived(int number, String what) {
              // the contact comes back by a form and opts out again, after the plan was made
              if (!done && number > 3 && what.equals("GET /v3/contacts")) {
                done = true;
                scene.provider().confirmOptIn(ANN);
                scene.provider().advanceClock(Duration.ofMinutes(10));
                scene.unsubscribes(ANN);
              }
              return true;
            }
          });
      scene.sync();
      tap.close();
      assertThat(asked(scene)).isEmpty();
    }
  }

  @Test
  void the_plan_shows_whom_a_run_would_ask_and_a_dry_run_asks_nobody() {
    try (Scene scene = optedOut()) {
      consents(scene);
      List<Runs.Record> runs = scene.sync(Scene.BOTH, new Scope(null, null, true));
      long run = runs.get(1).id();
      assertThat(runs.get(1).counts()).contains("\"resubscribe\": 1");
      assertThat(asked(scene)).isEmpty();
      assertThat(
              Commands.run(scene.home(), "status", "chamber", "--plan", Long.toString(run)).lines())
          .extracting(line -> line.path("change").asText(), line -> line.path("memberKey").asText())
          .containsExactly(tuple("resubscribe", "m1"));
      assertThat(detail(scene)).endsWith("is asked to confirm with the next run");
    }
  }

  @Test
  void a_provider_that_has_asked_before_is_believed_and_not_asked_again() {
    try (Scene scene = optedOut()) {
      consents(scene);
      scene.sync();
      scene.tell("DELETE FROM consent WHERE what = 'resubscribe_asked'");
      scene.tell("UPDATE account SET version = version + 1");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(asked(scene)).extracting(JournalEntry::status).containsExactly(200, 409);
      scene.sync();
      assertThat(asked(scene)).hasSize(2);
      assertThat(detail(scene)).contains("asked before", "waiting for the person");
    }
  }

  @Test
  void an_answer_that_never_came_is_asked_for_once_more_and_not_a_third_time() {
    try (Scene scene = optedOut()) {
      consents(scene);
      scene
          .provider()
          .addFault(
              Fault.of("PUT", "/v3/contacts/resubscribe/*", Fault.Effect.RESET_BEFORE)
                  .withTimes(9));
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      scene.sync();
      scene.provider().clearFaults();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(asked(scene)).hasSizeLessThanOrEqualTo(2);
      assertThat(detail(scene)).contains("the provider's answer did not come");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killed_around_the_call_the_next_run_asks_again_only_if_it_has_to(boolean before)
      throws Exception {
    try (Scene scene = optedOut();
        Tap tap = scene.tap()) {
      scene.closeHub();
      consents(scene);
      AtomicReference<Process> victim = new AtomicReference<>();
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean arrived(int number, String what) {
              return !(before && kills(what));
            }

            @Override
            public boolean answered(int number, String what) {
              return before || !kills(what);
            }

            private boolean kills(String what) {
              boolean hit = what.contains("resubscribe") && victim.get().isAlive();
              if (hit) {
                victim.get().destroyForcibly();
              }
              return hit;
            }
          });
      victim.set(Commands.start(scene.home(), "sync", "chamber"));
      assertThat(victim.get().waitFor(90, TimeUnit.SECONDS)).isTrue();
      assertThat(victim.get().exitValue()).as("killed").isEqualTo(137);
      tap.watch(new Tap.Watch() {});

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.sync();

      assertThat(asked(scene))
          .extracting(JournalEntry::status)
          .containsExactlyElementsOf(before ? List.of(200) : List.of(200, 409));
      assertThat(detail(scene)).contains("waiting for the person");
    }
  }

  @Test
  void a_refused_re_subscription_becomes_a_dead_letter_and_replay_asks_again() {
    try (Scene scene = optedOut()) {
      consents(scene);
      scene
          .provider()
          .addFault(
              Fault.of("PUT", "/v3/contacts/resubscribe/*", Fault.Effect.STATUS)
                  .withStatus(400)
                  .withTimes(1));
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(asked(scene)).hasSize(1);
      var letter = scene.hub().deadLetters().open(Scene.SYNC).get(0);
      assertThat(letter.kind()).isEqualTo("resubscribe");
      scene.hub().deadLetters().settle(letter.id(), true);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(asked(scene)).hasSize(2);
    }
  }

  @Test
  void a_list_that_was_never_made_is_left_out_when_somebody_is_asked_to_come_back() {
    try (Scene scene = optedOut()) {
      scene.provider().addFault(Fault.status("POST", "/v3/contact_lists", 400));
      scene.source().put(SourceRow.person("m1", "Archery", ANN));
      consents(scene);

      Runs.Record run = scene.sync();

      assertThat(run.error()).isNull();
      assertThat(scene.provider().list("Archery")).isEmpty();
      assertThat(asked(scene)).hasSize(1);
    }
  }

  @Test
  void an_opt_out_under_an_earlier_address_is_not_undone_by_consent_under_a_new_one() {
    try (Scene scene = optedOut()) {
      scene.source().put(SourceRow.person("m1", "Board", "ann@elsewhere.example"));
      consents(scene);
      scene.sync();
      scene.sync();
      assertThat(asked(scene)).isEmpty();
      assertThat(detail(scene)).isEqualTo("under an earlier address");
      assertThat(scene.provider().contact("ann@elsewhere.example")).isEmpty();
    }
  }

  @Test
  void a_list_that_only_loses_members_asks_nobody_back() {
    try (Scene scene = optedOut()) {
      scene.closeHub();
      scene.set("rollcall.syncs.chamber.mode", "remove-only");
      consents(scene);
      scene.sync();
      assertThat(asked(scene)).isEmpty();
    }
  }
}
