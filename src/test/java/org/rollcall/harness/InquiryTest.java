package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.activity.Inquiry;
import org.rollcall.activity.Inquiry.Row;
import org.rollcall.activity.Inquiry.Told;
import org.rollcall.harness.Commands.Result;
import org.rollcall.run.Job;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Fault;

/** Somebody wants to know what one member did just now: the provider is asked, nothing is kept. */
class InquiryTest {
  private static final String BOARD = "Board";

  private final Scene scene = Scene.open().pace(500);
  private String campaign = "";

  @BeforeEach
  void a_campaign_was_sent() {
    scene
        .source()
        .put(
            SourceRow.person("m1", "Golf", "m1@example.org"),
            SourceRow.person("m2", BOARD, "m2@example.org"),
            SourceRow.person("none", BOARD, null));
    scene.sync();
    campaign = scene.provider().campaigns().send("One", List.of(BOARD), 5);
    scene.provider().advanceClock(Duration.ofHours(1));
    scene.provider().expireAccessTokens();
    scene.provider().stopClock(true);
    happens("sends", scene.provider().now().minusSeconds(60));
    scene.sync(List.of(Job.ACTIVITIES), Scope.ALL);
  }

  @AfterEach
  void all_close() {
    scene.close();
  }

  private void happens(String kind, Instant at) {
    scene
        .provider()
        .campaigns()
        .happens(campaign, kind, "m1@example.org", at, kind.equals("clicks") ? 0 : null, null);
  }

  private Told ask(String member) {
    Inquiry inquiry = scene.hub().inquiry();
    return scene
        .hub()
        .syncs()
        .look(Scene.SYNC, (run, provider) -> inquiry.ask(run, provider, member));
  }

  private Told.Activities told(String member) {
    return (Told.Activities) ask(member);
  }

  private int requests() {
    return (int)
        scene.provider().journal().stream().filter(entry -> entry.path().startsWith("/v3")).count();
  }

  private List<String> tables() {
    return List.of(
        String.valueOf(scene.ask("SELECT count(*) FROM activity")),
        String.valueOf(scene.ask("SELECT count(*) FROM run")),
        String.valueOf(scene.ask("SELECT count(*) FROM activity_contact")),
        String.valueOf(
            scene.ask("SELECT string_agg(k::text, ',' ORDER BY k) FROM campaign_kind k")));
  }

  @Test
  void it_tells_what_the_hub_knows_and_what_it_does_not_and_keeps_nothing() {
    Instant now = scene.provider().now();
    happens("opens", now);
    happens("opens", now);
    scene.sync(List.of(Job.ACTIVITIES), Scope.ALL);
    happens("opens", now);
    happens("clicks", now.plusSeconds(60));
    List<String> before = tables();
    scene.provider().clearJournal();

    Told.Activities told = told("m1");

    assertThat(requests()).isEqualTo(1);
    assertThat(told.more()).isFalse();
    assertThat(told.unread()).isZero();
    assertThat(told.rows().stream().map(Row::what))
        .containsExactly("click", "open", "open", "open", "send");
    assertThat(told.rows().stream().filter(row -> row.what().equals("open")).map(Row::known))
        .as("three within a second, of which two were read")
        .containsExactly(true, true, false);
    Row click = told.rows().get(0);
    assertThat(click.known()).isFalse();
    assertThat(click.campaign()).isEqualTo("One");
    assertThat(click.campaignId()).isEqualTo(campaign);
    assertThat(told.rows().get(4).known()).as("the sending").isTrue();
    assertThat(tables()).isEqualTo(before);
    scene.sync(List.of(Job.ACTIVITIES), Scope.ALL);
    assertThat(told("m1").rows()).allMatch(Row::known);
    assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene));
  }

  @Test
  void a_campaign_that_was_not_read_yet_has_its_name() {
    campaign = scene.provider().campaigns().send("Two", List.of(BOARD), 6);
    happens("opens", scene.provider().now());
    Row newest = told("m1").rows().get(0);
    assertThat(newest.campaign()).isEqualTo("Two");
    assertThat(newest.campaignId()).isNull();
    assertThat(newest.known()).isFalse();
  }

  @Test
  void no_more_than_three_pages_are_read_and_it_says_so() {
    for (int i = 0; i < 299; i++) {
      happens("forwards", scene.provider().now().plusSeconds(i));
    }
    scene.provider().clearJournal();
    assertThat(told("m1").rows()).hasSize(300);
    assertThat(told("m1").more()).as("three hundred are all").isFalse();
    assertThat(requests()).isEqualTo(6);
    happens("forwards", scene.provider().now().plusSeconds(500));
    scene.provider().clearJournal();
    Told.Activities told = told("m1");
    assertThat(requests()).isEqualTo(3);
    assertThat(told.rows()).hasSize(300);
    assertThat(told.more()).isTrue();
    assertThat(told.notes()).containsExactly("there is more; these are the newest 300");
  }

  @Test
  void who_cannot_be_asked_about_is_told_and_costs_no_request() {
    scene.provider().clearJournal();
    assertThat(ask("nobody")).isEqualTo(new Told.Nobody());
    assertThat(((Told.Nothing) ask("none")).why()).contains("no contact at the provider");
    assertThat(requests()).isZero();
    scene.tell("UPDATE contact SET contact_id = gen_random_uuid() WHERE address LIKE 'm2%'");
    assertThat(((Told.Nothing) ask("m2")).why()).contains("does not know the member's contact");
  }

  @Test
  void it_keeps_to_the_days_share() {
    scene.closeHub();
    scene.set("rollcall.accounts.main.requests-per-day", "50");
    scene.set("rollcall.accounts.main.opt-out-reserve", "5");
    scene.set("rollcall.accounts.main.activities-share", "4");
    scene.tell("DELETE FROM activity_day; DELETE FROM pace_day");
    scene.provider().clearJournal();
    told("m1");
    told("m1");
    assertThat(((Told.Nothing) ask("m1")).why())
        .contains("activities-share, 4 %", "begins anew at 00:00 UTC");
    assertThat(requests()).isEqualTo(2);
    assertThat(scene.ask("SELECT sum(used) FROM activity_day")).isEqualTo("2");
    assertThat(scene.ask("SELECT max(used) FROM pace_day")).isEqualTo("2");
  }

  @Test
  void it_is_repeated_like_every_call_and_a_lost_connection_is_told() {
    scene
        .provider()
        .addFault(Fault.status("GET", "/v3/reports/contact_reports/*", 503).withTimes(2));
    assertThat(told("m1").rows()).isNotEmpty();
    scene.provider().revokeTokens();
    scene.provider().expireAccessTokens();
    assertThatThrownBy(() -> ask("m1")).hasMessageContaining("rollcall connect main");
  }

  @Test
  void the_command_tells_it() {
    happens("clicks", scene.provider().now().plus(Duration.ofMinutes(1)));
    Result shown = now("m1");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out().lines().findFirst().orElseThrow())
        .contains("m1", "clicked", "One", "(not read yet)");
    List<JsonNode> lines = now("m1", "--json").lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).path("what").asText()).isEqualTo("click");
    assertThat(lines.get(0).path("known").isBoolean()).isTrue();
    assertThat(lines.get(0).path("memberKey").asText()).isEqualTo("m1");
    assertThat(lines.get(1).path("known").asBoolean()).isTrue();

    Result nobody = now("nobody");
    assertThat(nobody.code()).isEqualTo(2);
    assertThat(nobody.err()).contains("no member \"nobody\"");
    Result none = now("none");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no contact at the provider");
    assertThat(none.out()).isEmpty();
    for (String other : List.of("--engagement", "--campaign=x", "--since=2026-01-01")) {
      assertThat(now("m1", other).code()).as(other).isEqualTo(2);
    }
    Result without = Commands.run(scene.home(), "activities", "chamber", "--now");
    assertThat(without.err()).contains("--now goes with --member");
    scene.provider().revokeTokens();
    scene.provider().expireAccessTokens();
    Result lost = now("m1");
    assertThat(lost.code()).isEqualTo(1);
    assertThat(lost.err()).contains("rollcall connect main").doesNotContain("example.org");
  }

  private Result now(String member, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("activities", "chamber", "--member", member, "--now"));
    arguments.addAll(List.of(more));
    return Commands.run(scene.home(), arguments.toArray(String[]::new));
  }
}
