package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.activity.ActivityLog;
import org.rollcall.choice.Preview;
import org.rollcall.harness.Commands.Result;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.verify.Statuses.MemberStatus;

/** What members did with campaigns decides which lists they are on, where the rules ask. */
class EngagementTest {
  private static final String RULE = "rollcall.syncs.chamber.";
  private static final String NEWS = "News";
  private static final String BOARD = "Board";

  private final Instant now = Instant.now();

  /** Members in two groups, and a campaign that nobody has got yet. */
  private String sent(Scene scene, int members) {
    scene.paceLifted();
    scene.provider().createContact("staff@example.org", List.of("Staff"), Edit.name("S", "T"));
    for (int i = 1; i <= members; i++) {
      SourceRow row = SourceRow.person("m" + i, NEWS, address(i));
      scene.source().put(row, row.in(BOARD));
    }
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    return scene.provider().campaigns().send("Autumn", List.of("Staff"), 3);
  }

  private static String address(int member) {
    return "m" + member + "@example.org";
  }

  private void did(Scene scene, String campaign, String kind, int member, int daysAgo) {
    Integer link = kind.equals("clicks") ? 0 : null;
    String detail = kind.equals("bounces") ? "B" : null;
    Instant at = now.minus(Duration.ofDays(daysAgo));
    scene.provider().campaigns().happens(campaign, kind, address(member), at, link, detail);
  }

  private static Runs.Record read(Scene scene) {
    Runs.Record run = scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0);
    assertThat(run.error()).isNull();
    return run;
  }

  private static List<String> lists(Scene scene, int member) {
    return scene.provider().contact(address(member)).orElseThrow().lists().stream()
        .sorted()
        .toList();
  }

  @Test
  void who_opened_nothing_for_a_year_leaves_the_group_and_nothing_else() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", "N*")) {
      String campaign = sent(scene, 5);
      did(scene, campaign, "sends", 1, 400);
      did(scene, campaign, "sends", 2, 400);
      did(scene, campaign, "opens", 2, 399);
      did(scene, campaign, "sends", 3, 400);
      did(scene, campaign, "opens", 3, 390);
      did(scene, campaign, "sends", 3, 380);
      did(scene, campaign, "sends", 4, 100);
      did(scene, campaign, "sends", 5, 400);
      did(scene, campaign, "sends", 5, 390);
      did(scene, campaign, "clicks", 5, 300);
      read(scene);

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      assertThat(lists(scene, 1)).containsExactly(BOARD);
      assertThat(lists(scene, 2)).as("answered the last mailing").containsExactly(BOARD, NEWS);
      assertThat(lists(scene, 3)).as("answered one before that").containsExactly(BOARD);
      assertThat(lists(scene, 4)).as("new").containsExactly(BOARD, NEWS);
      assertThat(lists(scene, 5)).as("clicked").containsExactly(BOARD, NEWS);
      ContactView contact = scene.provider().contact(address(1)).orElseThrow();
      assertThat(contact.permission()).isEqualTo("implicit");
      MemberStatus status = scene.status("m1", NEWS);
      assertThat(status.status()).isEqualTo("not applicable");
      assertThat(status.reason()).isEqualTo("opened nothing for a long time");
      assertThat(status.detail())
          .isEqualTo(
              "no open and no click since the mailing of "
                  + now.minus(Duration.ofDays(400)).toString().substring(0, 10));
      assertThat(scene.status("m1", BOARD).status()).isEqualTo("synced");
      scene.closeHub();
      Result told = Commands.run(scene.home(), "explain", "chamber", "--member", "m1");
      assertThat(told.out())
          .contains("News: not applicable: opened nothing for a long time (no open and no click")
          .contains("silent for more than 365 days");
      assertThat(Commands.run(scene.home(), "explain", "chamber", "--member", "m5").out())
          .contains("not silent for 365 days");
    }
  }

  @Test
  void what_one_member_did_lately_is_the_same_asked_for_alone_as_among_all() {
    try (Scene scene = Scene.open()) {
      String campaign = sent(scene, 4);
      for (int i = 1; i <= 3; i++) {
        did(scene, campaign, "sends", i, 40);
        did(scene, campaign, "sends", i, 30);
      }
      did(scene, campaign, "opens", 1, 39);
      did(scene, campaign, "clicks", 1, 38);
      did(scene, campaign, "bounces", 2, 29);
      did(scene, campaign, "bounces", 3, 29);
      did(scene, campaign, "opens", 3, 28);
      read(scene);
      ActivityLog log = scene.hub().activityLog();
      List<ActivityLog.Engagement> all = new ArrayList<>();

      log.engagement(Scene.SYNC, null, all::add);

      assertThat(all).hasSize(4);
      for (int i = 0; i < 3; i++) {
        assertThat(log.engagementOf(Scene.SYNC, all.get(i).memberKey())).contains(all.get(i));
      }
      assertThat(all.get(0).unanswered()).isEqualTo(1);
      assertThat(all.stream().map(ActivityLog.Engagement::bounceCode))
          .containsExactly(null, "B", null, null);
      assertThat(log.engagementOf(Scene.SYNC, "m4")).isEmpty();
    }
  }

  @Test
  void a_preview_of_a_group_leaves_out_whom_its_run_leaves_out() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      scene.set(RULE + "groups", BOARD);
      String campaign = sent(scene, 3);
      did(scene, campaign, "sends", 1, 400);
      did(scene, campaign, "sends", 2, 100);
      read(scene);

      Preview preview = scene.hub().groupChoices().preview(Scene.SYNC, NEWS, true);

      scene.hub().groupChoices().choose(Scene.SYNC, NEWS, true, "anna");
      assertThat(scene.sync().counts())
          .contains("\"eligible\": " + preview.then().eligible())
          .contains("\"addToList\": " + preview.then().addToList());
      assertThat(preview.then().eligible()).isEqualTo(5);
      assertThat(preview.then().addToList()).isEqualTo(2);
      assertThat(lists(scene, 1)).containsExactly(BOARD);
    }
  }

  @Test
  void the_check_of_all_tests_knows_the_rules() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      String campaign = sent(scene, 3);
      did(scene, campaign, "sends", 1, 400);
      did(scene, campaign, "sends", 2, 400);
      did(scene, campaign, "opens", 2, 30);
      read(scene);
      Check check = new Check(scene);
      check.foreign("staff@example.org");
      assertThatThrownBy(check::converged)
          .as("nobody has left yet")
          .hasMessageContaining("m1@example.org is on [Board, News] and belongs on [Board]");

      scene.sync();

      check.converged();
      check.statuses();
      did(scene, campaign, "opens", 1, 1);
      read(scene);
      assertThatThrownBy(check::converged).hasMessageContaining("belongs on [Board, News]");
      scene.sync();
      check.converged();
      check.statuses();
    }
  }

  @Test
  void an_answer_brings_the_member_back_although_the_source_is_the_same() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      String campaign = sent(scene, 2);
      did(scene, campaign, "sends", 1, 400);
      did(scene, campaign, "sends", 2, 400);
      read(scene);
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD);
      scene.provider().clearJournal();
      scene.sync();
      assertThat(scene.provider().journal()).allMatch(entry -> entry.method().equals("GET"));

      did(scene, campaign, "opens", 1, 0);
      read(scene);
      scene.sync();

      assertThat(lists(scene, 1)).containsExactly(BOARD, NEWS);
      assertThat(lists(scene, 2)).containsExactly(BOARD);
    }
  }

  @Test
  void the_guard_holds_a_rule_that_would_empty_a_list() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS).guard("1")) {
      String campaign = sent(scene, 3);
      for (int i = 1; i <= 3; i++) {
        did(scene, campaign, "sends", i, 400);
      }
      read(scene);

      Runs.Record held = scene.sync();

      assertThat(held.state()).isEqualTo(RunState.HELD);
      assertThat(lists(scene, 1)).containsExactly(BOARD, NEWS);
      assertThat(scene.approve(held).state()).isEqualTo(RunState.COMPLETED);
      assertThat(lists(scene, 1)).containsExactly(BOARD);
    }
  }

  @Test
  void a_group_of_the_silent_has_nobody_else() {
    try (Scene scene = Scene.open().set(RULE + "only-silent", NEWS)) {
      String campaign = sent(scene, 2);
      assertThat(lists(scene, 1)).as("nothing is known").containsExactly(BOARD);
      assertThat(scene.status("m1", NEWS).reason())
          .isEqualTo("opens mailings, or has not been sent any for long enough");
      did(scene, campaign, "sends", 1, 400);
      did(scene, campaign, "sends", 2, 400);
      did(scene, campaign, "opens", 2, 20);
      read(scene);
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD, NEWS);
      assertThat(lists(scene, 2)).containsExactly(BOARD);
    }
  }

  @Test
  void before_everything_was_read_nobody_is_silent() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      scene.set("rollcall.accounts.main.requests-per-day", "400");
      scene.set("rollcall.accounts.main.activities-share", "1");
      String campaign = sent(scene, 1);
      did(scene, campaign, "sends", 1, 400);
      did(scene, campaign, "opens", 1, 2);
      assertThat(scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0).state())
          .isEqualTo(RunState.PARTIAL);
      assertThat(scene.ask("SELECT activities_at FROM account")).isNull();
      scene.tell("DELETE FROM activity_day; DELETE FROM pace_day");
      scene.closeHub();
      scene.set("rollcall.accounts.main.activities-share", "50");
      read(scene);
      assertThat(scene.ask("SELECT activities_at FROM account")).isNotNull();
      scene.tell(
          "DELETE FROM activity WHERE kind = 'open'; UPDATE account SET activities_at = NULL");
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD, NEWS);
      assertThat(scene.status("m1", NEWS).status()).isEqualTo("synced");
      scene.closeHub();
      assertThat(Commands.run(scene.home(), "explain", "chamber", "--member", "m1").out())
          .contains("activities were never read to the end, so nobody counts as silent");
    }
  }

  @Test
  void the_silent_stay_so_when_what_was_known_is_forgotten() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      String campaign = sent(scene, 1);
      did(scene, campaign, "sends", 1, 400);
      read(scene);
      scene.sync();
      scene.tell("DELETE FROM activity");
      read(scene);
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD);
    }
  }

  @Test
  void without_the_rule_everybody_is_back() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      String campaign = sent(scene, 1);
      did(scene, campaign, "sends", 1, 400);
      read(scene);
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD);
      scene.closeHub();
      scene.set(RULE + "without-silent", "Nothing");
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD, NEWS);
    }
  }

  @Test
  void fresh_consent_is_an_answer() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      scene.source().execute("ALTER TABLE member_row ADD opt_in_at text, ADD opt_in_source text");
      scene.query(
          MemberDatabase.QUERY.replace(
              "marketing_opt_out", "marketing_opt_out, opt_in_at, opt_in_source"));
      String campaign = sent(scene, 2);
      for (int i = 1; i <= 2; i++) {
        did(scene, campaign, "sends", i, 400);
      }
      read(scene);
      scene
          .source()
          .execute(
              "UPDATE member_row SET opt_in_source = 'form', opt_in_at ="
                  + " CASE member_key WHEN 'm1' THEN (now() - interval '9 days')::text"
                  + " ELSE (now() - interval '500 days')::text END");
      scene.sync();
      assertThat(lists(scene, 1)).containsExactly(BOARD, NEWS);
      assertThat(lists(scene, 2)).containsExactly(BOARD);
    }
  }

  @Test
  void who_unsubscribed_or_opted_out_at_the_source_stays_that() {
    try (Scene scene = Scene.open().set(RULE + "without-silent", NEWS)) {
      String campaign = sent(scene, 2);
      for (int i = 1; i <= 2; i++) {
        did(scene, campaign, "sends", i, 400);
      }
      read(scene);
      scene.sync();
      scene.unsubscribes(address(1));
      scene.source().put(SourceRow.person("m2", BOARD, address(2)).withOptOut(true));
      scene.sync();
      assertThat(scene.status("m1", NEWS).status()).isEqualTo("unsubscribed");
      assertThat(scene.status("m2", NEWS).reason()).isEqualTo("marketing opt-out at the source");

      did(scene, campaign, "opens", 2, 0);
      read(scene);
      scene.sync();

      assertThat(scene.status("m2", NEWS).reason()).isEqualTo("marketing opt-out at the source");
      assertThat(lists(scene, 2)).isEmpty();
    }
  }

  @Test
  void an_address_that_does_not_exist_is_told_with_advice_and_asks_for_nothing_by_itself() {
    try (Scene scene = Scene.open()) {
      String campaign = sent(scene, 2);
      did(scene, campaign, "sends", 1, 2);
      did(scene, campaign, "bounces", 1, 2);
      read(scene);
      scene.sync();
      scene.provider().clearJournal();
      scene.sync();
      assertThat(scene.provider().journal()).allMatch(entry -> entry.method().equals("GET"));
      MemberStatus status = scene.status("m1", NEWS);
      assertThat(status.status()).isEqualTo("synced");
      assertThat(status.bounceCode()).isEqualTo("B");
      assertThat(status.bouncedAt()).isNotNull();
      assertThat(status.advice())
          .isEqualTo("the address does not exist; correct it in the member database");
      assertThat(scene.status("m2", NEWS).advice()).isNull();
      scene.closeHub();
      assertThat(Commands.run(scene.home(), "explain", "chamber", "--member", "m1").out())
          .contains("mail of campaign \"Autumn\" came back", "the address does not exist");
      assertThat(Commands.run(scene.home(), "status", "chamber", "--members").out())
          .contains("synced; mail came back (B): the address does not exist");
    }
  }

  @Test
  void an_address_that_does_not_exist_leaves_where_the_rule_asks_until_it_is_corrected() {
    try (Scene scene = Scene.open()) {
      scene.set(RULE + "eligible", "enabled,active,membership,reachable");
      String campaign = sent(scene, 2);
      did(scene, campaign, "sends", 1, 2);
      did(scene, campaign, "bounces", 1, 2);
      read(scene);
      scene.sync();
      assertThat(lists(scene, 1)).isEmpty();
      assertThat(lists(scene, 2)).containsExactly(BOARD, NEWS);
      assertThat(scene.status("m1", NEWS).reason()).isEqualTo("invalid e-mail address");
      assertThat(scene.status("m1", NEWS).detail())
          .startsWith("does not exist: the mailing of ")
          .endsWith(" came back (B); correct it in the member database");

      SourceRow right = SourceRow.person("m1", NEWS, "right@example.org");
      scene.source().put(right, right.in(BOARD));
      scene.sync();
      scene.sync();

      assertThat(scene.status("m1", NEWS).status()).isEqualTo("synced");
      assertThat(scene.status("m1", NEWS).advice()).as("advice about the old one").isNull();
      assertThat(scene.provider().contact("right@example.org").orElseThrow().lists())
          .containsExactlyInAnyOrder(BOARD, NEWS);
    }
  }

  @Test
  void an_absence_note_and_a_bounce_before_an_open_are_no_news() {
    try (Scene scene = Scene.open()) {
      String campaign = sent(scene, 2);
      scene
          .provider()
          .campaigns()
          .happens(campaign, "bounces", address(1), now.minusSeconds(99), null, "V");
      did(scene, campaign, "bounces", 2, 5);
      did(scene, campaign, "opens", 2, 4);
      read(scene);
      assertThat(scene.statuses()).allMatch(member -> member.bounceCode() == null);
    }
  }

  @Test
  void the_export_has_columns_of_engagement_when_they_are_asked_for() {
    try (Scene scene = Scene.open()) {
      String campaign = sent(scene, 2);
      did(scene, campaign, "sends", 1, 30);
      did(scene, campaign, "opens", 1, 29);
      did(scene, campaign, "opens", 1, 28);
      did(scene, campaign, "clicks", 1, 28);
      did(scene, campaign, "sends", 1, 10);
      did(scene, campaign, "sends", 2, 10);
      did(scene, campaign, "bounces", 2, 10);
      read(scene);
      scene.closeHub();
      String day = now.minus(Duration.ofDays(10)).toString().substring(0, 10);
      String opened = now.minus(Duration.ofDays(28)).toString().substring(0, 10);

      String[] lines =
          Commands.run(scene.home(), "export", "chamber", "--engagement").out().split("\r?\n");

      assertThat(lines[0])
          .startsWith("Email address,First name,")
          .endsWith(
              ",Country,Last sent,Last opened,Last clicked,Sent in 90 days,Opens in 90 days,"
                  + "Clicks in 90 days,Unanswered since,Unanswered,Bounced");
      assertThat(lines[1])
          .startsWith(address(1))
          .endsWith("," + day + "," + opened + "," + opened + ",2,2,1," + day + ",1,");
      assertThat(lines[2]).endsWith("," + day + ",,,1,0,0,,0,B");
      assertThat(Commands.run(scene.home(), "export", "chamber").out().split("\r?\n")[0])
          .endsWith(",Country");
    }
  }
}
