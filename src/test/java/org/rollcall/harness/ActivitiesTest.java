package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.SandboxOptions.Reports;

/** What contacts did with campaigns comes home: each thing once, at the least cost. */
class ActivitiesTest {
  private static final String BOARD = "Board";

  private static Scene scene(int contacts) {
    Scene scene = Scene.open().pace(500);
    contacts(scene, "c", contacts);
    return scene;
  }

  private static void contacts(Scene scene, String name, int many) {
    for (int i = 0; i < many; i++) {
      scene
          .provider()
          .createContact(name + i + "@example.org", List.of(BOARD), Edit.name("Ann", "A"));
    }
  }

  private static Runs.Record read(Scene scene) {
    return scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0);
  }

  private static void passes(Scene scene, Duration time) {
    scene.provider().advanceClock(time);
    scene.provider().expireAccessTokens();
  }

  private static int requests(Scene scene) {
    return (int)
        scene.provider().journal().stream().filter(entry -> entry.path().startsWith("/v3")).count();
  }

  private static String send(Scene scene, String name) {
    return scene.provider().campaigns().send(name, List.of(BOARD), name.hashCode());
  }

  @Test
  void every_activity_is_kept_once() {
    try (Scene scene = scene(700)) {
      send(scene, "One");
      passes(scene, Duration.ofHours(2));
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene)).hasSizeGreaterThan(900);
      for (int day = 0; day < 6; day++) {
        if (day == 2) {
          send(scene, "Two");
        }
        passes(scene, Duration.ofHours(17));
        assertThat(read(scene).error()).isNull();
        assertThat(Truth.hub(scene)).as("day " + day).isEqualTo(Truth.provider(scene));
      }
    }
  }

  @Test
  void times_in_all_forms_and_pages_that_shift_make_no_difference() {
    try (Scene scene = scene(1_200)) {
      scene
          .provider()
          .options(scene.provider().options().withReports(new Reports(true, true, Duration.ZERO)));
      send(scene, "One");
      for (int day = 0; day < 3; day++) {
        passes(scene, Duration.ofHours(9));
        read(scene);
      }
      passes(scene, Duration.ofHours(50));
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene));
    }
  }

  @Test
  void without_news_it_costs_one_request_for_five_hundred_campaigns_and_one_more() {
    try (Scene scene = scene(1)) {
      for (int i = 0; i < 501; i++) {
        send(scene, "Campaign " + i);
      }
      passes(scene, Duration.ofDays(9));
      read(scene);
      scene.provider().clearJournal();
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(requests(scene)).isEqualTo(3);
    }
  }

  @Test
  void news_cost_what_their_pages_cost_however_many_old_campaigns_there_are() {
    try (Scene scene = scene(1_300)) {
      for (int i = 0; i < 5; i++) {
        send(scene, "Old " + i);
      }
      passes(scene, Duration.ofDays(9));
      read(scene);
      send(scene, "New");
      passes(scene, Duration.ofDays(2));
      scene.provider().clearJournal();
      Runs.Record run = read(scene);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene));
      long least = 2 + 1 + least(scene, "New");
      assertThat((double) requests(scene)).isBetween((double) least, least * 1.1);
      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    }
  }

  /** With -Drollcall.old=1000 as in the issue. */
  @Test
  void ten_new_campaigns_cost_the_same_beside_many_old_ones() {
    int old = Integer.getInteger("rollcall.old", 60);
    assertThat(timesTheLeast(0)).isBetween(1.0, 1.1);
    assertThat(timesTheLeast(old)).isBetween(1.0, 1.1);
  }

  /** Requests, by the counts, the mailings and the pages of ten new campaigns. */
  private static double timesTheLeast(int old) {
    try (Scene scene = scene(3)) {
      for (int i = 0; i < old; i++) {
        send(scene, "Old " + i);
      }
      passes(scene, Duration.ofDays(20));
      read(scene);
      // of the others nobody may be left who wants mail
      contacts(scene, "new", 3);
      for (int i = 0; i < 10; i++) {
        send(scene, "New " + i);
      }
      passes(scene, Duration.ofDays(9));
      scene.provider().clearJournal();
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene));
      long counts = (old + 10L + 499) / 500 + 1;
      return requests(scene) / (double) (counts + 10 + least(scene, "New %"));
    }
  }

  @Test
  void drafts_are_not_asked_for_and_what_a_deleted_contact_did_stays() {
    try (Scene scene = scene(3)) {
      scene.provider().campaigns().draft("Not yet");
      send(scene, "One");
      passes(scene, Duration.ofDays(9));
      scene.provider().deleteContact("c1@example.org");
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene)).isNotEmpty();
      assertThat(scene.ask("SELECT string_agg(name, ',') FROM campaign")).isEqualTo("One");
    }
  }

  @Test
  void each_month_has_its_table_and_what_is_old_goes_with_its_month() {
    try (Scene scene = scene(2)) {
      String campaign = send(scene, "One");
      Instant now = scene.provider().now();
      for (int days : List.of(0, 40, 300, 500)) {
        Instant at = now.minus(Duration.ofDays(days));
        scene.provider().campaigns().happens(campaign, "opens", "c1@example.org", at, null, null);
      }
      read(scene);
      assertThat(months(scene)).isEqualTo("4 4");

      scene.closeHub();
      scene.set("rollcall.accounts.main.activities-keep", "400d");
      read(scene);
      assertThat(months(scene)).as("that of 500 days ago is gone").isEqualTo("3 3");

      scene.closeHub();
      scene.set("rollcall.accounts.main.activities-keep", "100d");
      scene.provider().clearJournal();
      read(scene);
      assertThat(months(scene)).isEqualTo("2 2");
      scene.provider().clearJournal();
      read(scene);
      assertThat(months(scene)).isEqualTo("2 2");
      assertThat(requests(scene)).as("what was forgotten is not read again").isEqualTo(2);
    }
  }

  /** How many tables there are, and how many of the opens. */
  private static String months(Scene scene) {
    return scene.ask(
        "SELECT (SELECT count(*) FROM pg_inherits WHERE inhparent = 'activity'::regclass) || ' ' ||"
            + " (SELECT count(*) FROM activity WHERE kind = 'open')");
  }

  /** Full pages of each kind of a campaign. */
  private static long least(Scene scene, String name) {
    return Long.parseLong(
        String.valueOf(
            scene.ask(
                "SELECT sum(ceil(n / 500.0))::bigint FROM (SELECT count(*) AS n FROM activity a"
                    + " JOIN mailing m USING (account_id, mailing_no)"
                    + " JOIN campaign c USING (account_id, campaign_no) WHERE c.name LIKE '"
                    + name
                    + "' GROUP BY m.mailing_no, a.kind) k")));
  }

  @Test
  void a_dry_run_tells_the_cost_and_reads_no_report() {
    try (Scene scene = scene(600)) {
      String campaign = send(scene, "One");
      scene
          .provider()
          .campaigns()
          .happens(campaign, "optouts", "c1@example.org", scene.provider().now(), null, null);
      passes(scene, Duration.ofDays(9));
      Runs.Record run = scene.sync(List.of(Job.ACTIVITIES), new Scope(null, null, true)).get(0);
      assertThat(run.state()).isEqualTo(RunState.PLANNED);
      assertThat(run.forecast()).contains("\"campaigns\": 1", "\"optOutPages\": 1");
      assertThat(requests(scene)).isEqualTo(2);
      assertThat(scene.ask("SELECT count(*) FROM activity")).isEqualTo("0");
    }
  }

  @Test
  void the_days_share_is_kept_and_the_rest_follows_with_opt_outs_first() {
    try (Scene scene = scene(1_100)) {
      scene.set("rollcall.accounts.main.requests-per-day", "40");
      scene.set("rollcall.accounts.main.opt-out-reserve", "5");
      scene.set("rollcall.accounts.main.activities-share", "20");
      send(scene, "One");
      send(scene, "Two");
      passes(scene, Duration.ofDays(9));
      Runs.Record run = read(scene);
      assertThat(run.state()).isEqualTo(RunState.PARTIAL);
      assertThat(run.error()).contains("activities-share, 20 %");
      assertThat(requests(scene)).isLessThanOrEqualTo(8);
      assertThat(
              scene.ask(
                  "SELECT count(*) FROM campaign_kind WHERE kind = 'opt_out'"
                      + " AND contacts > seen_contacts"))
          .as("opt-outs not read")
          .isEqualTo("0");
      int before = Truth.hub(scene).size();
      for (int day = 0; day < 6; day++) {
        scene.tell("DELETE FROM activity_day; DELETE FROM pace_day");
        run = read(scene);
      }
      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene)).hasSizeGreaterThan(before);
    }
  }

  @Test
  void an_opt_out_by_a_campaign_is_in_the_ledger_once_with_the_campaign() {
    try (Scene scene = scene(3)) {
      scene.source().put(SourceRow.person("m1", BOARD, "c1@example.org"));
      scene.source().put(SourceRow.person("m2", BOARD, "c2@example.org"));
      scene.sync();
      String campaign = send(scene, "One");
      passes(scene, Duration.ofHours(1));
      scene
          .provider()
          .campaigns()
          .happens(campaign, "optouts", "c1@example.org", scene.provider().now(), null, "Too many");
      read(scene);
      scene.sync();
      scene
          .provider()
          .campaigns()
          .happens(campaign, "optouts", "c2@example.org", scene.provider().now(), null, null);
      scene.sync();
      read(scene);
      read(scene);

      assertThat(
              scene.ask(
                  "SELECT string_agg(k.member_key || ' ' || c.name || ' ' ||"
                      + " coalesce(e.reason, '-'), ', ' ORDER BY k.member_key) FROM consent e"
                      + " JOIN consent_member k USING (account_id, consent_id)"
                      + " JOIN campaign c USING (account_id, campaign_no)"
                      + " WHERE e.what = 'opt_out'"))
          .isEqualTo("m1 One Too many, m2 One -");
      assertThat(scene.ask("SELECT count(*) FROM consent WHERE what = 'opt_out'")).isEqualTo("2");
    }
  }

  @Test
  void an_erased_person_leaves_no_activity_behind_and_none_comes_back() {
    try (Scene scene = scene(3)) {
      scene.source().put(SourceRow.person("m1", BOARD, "c1@example.org"));
      scene.sync();
      String campaign = send(scene, "One");
      passes(scene, Duration.ofDays(1));
      read(scene);
      String whose =
          "SELECT count(*) FROM activity a JOIN activity_contact k USING (account_id, contact_no)"
              + " WHERE k.address = 'c1@example.org'";
      assertThat(scene.ask(whose)).isNotEqualTo("0");

      scene
          .hub()
          .forgetting()
          .forget(
              "m1",
              null,
              "test",
              dossier -> assertThat(dossier.tables()).containsKeys("activity", "activity_contact"));

      assertThat(scene.ask(whose)).isEqualTo("0");
      assertThat(scene.ask("SELECT count(*) FROM activity_contact")).isEqualTo("2");
      scene
          .provider()
          .campaigns()
          .happens(campaign, "forwards", "c1@example.org", scene.provider().now(), null, null);
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.ask(whose)).isEqualTo("0");
      scene.provider().clearJournal();
      read(scene);
      assertThat(requests(scene)).as("an erased person's activities count as read").isEqualTo(2);
    }
  }

  @Test
  void what_an_erased_person_did_hides_nobody_elses_news() {
    try (Scene scene = scene(3)) {
      scene.source().put(SourceRow.person("m1", BOARD, "c1@example.org"));
      scene.sync();
      String campaign = send(scene, "One");
      passes(scene, Duration.ofDays(9));
      for (int i = 0; i < 3; i++) {
        opens(scene, campaign, "c1@example.org");
      }
      read(scene);
      scene.hub().forgetting().forget("m1", null, "test", dossier -> {});
      String others =
          "SELECT count(*) FROM activity a JOIN activity_contact k USING (account_id, contact_no)"
              + " WHERE a.kind = 'open' AND k.address = 'c2@example.org'";
      long before = Long.parseLong(String.valueOf(scene.ask(others)));
      for (int i = 1; i <= 4; i++) {
        opens(scene, campaign, "c2@example.org");
        read(scene);
        assertThat(scene.ask(others)).as("open " + i).isEqualTo(String.valueOf(before + i));
      }
    }
  }

  private static void opens(Scene scene, String campaign, String address) {
    passes(scene, Duration.ofMinutes(10));
    scene
        .provider()
        .campaigns()
        .happens(campaign, "opens", address, scene.provider().now(), null, null);
  }
}
