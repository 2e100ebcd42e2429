package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxFaultsTest extends SandboxTest {
  private static final String NEW_LIST = "{'name':'Board'}";

  private void order(Fault.Effect effect) {
    control.addFault(Fault.of("POST", "/v3/contact_lists", effect));
  }

  private List<String> listNames() {
    return control.lists().stream().map(Control.ListView::name).toList();
  }

  @Test
  void a_status_hits_the_next_requests_only_and_does_nothing() {
    control.addFault(Fault.status("*", "/v3/contact_lists*", 503).withTimes(2));
    assertThat(client.post("/contact_lists", NEW_LIST).status()).isEqualTo(503);
    assertThat(client.get("/contact_lists").status()).isEqualTo(503);
    assertThat(client.get("/contact_lists").status()).isEqualTo(200);
    assertThat(listNames()).isEmpty();
  }

  @Test
  void a_fault_may_let_some_requests_pass_first() {
    control.addFault(Fault.status("GET", "/v3/contact_lists", 500).withSkip(1));
    assertThat(client.get("/contact_lists").status()).isEqualTo(200);
    assertThat(client.get("/contact_lists").status()).isEqualTo(500);
  }

  @Test
  void trouble_by_chance_hits_now_and_then() {
    control.addFault(Fault.status("GET", "*", 500).withTimes(-1).withChance(0.5));
    List<Integer> statuses =
        IntStream.range(0, 50).mapToObj(i -> client.get("/contact_lists").status()).toList();
    assertThat(statuses).contains(200, 500).containsOnly(200, 500);
  }

  @Test
  void html_throttled_quota_and_bare_403_look_like_the_gateway() {
    order(Fault.Effect.HTML);
    assertThat(client.post("/contact_lists", NEW_LIST).body()).startsWith("<html>");
    order(Fault.Effect.THROTTLED);
    assertThat(client.post("/contact_lists", NEW_LIST).body()).contains("throttled");
    order(Fault.Effect.QUOTA_EXCEEDED);
    assertThat(client.post("/contact_lists", NEW_LIST).body()).contains("quota_exceeded");
    order(Fault.Effect.FORBIDDEN);
    SandboxClient.Reply bare = client.post("/contact_lists", NEW_LIST);
    assertThat(bare.status()).isEqualTo(403);
    assertThat(bare.body()).isEmpty();
    assertThat(listNames()).isEmpty();
  }

  @Test
  void a_connection_may_break_before_or_after_the_work() {
    order(Fault.Effect.RESET_BEFORE);
    assertThatThrownBy(() -> client.post("/contact_lists", NEW_LIST))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(listNames()).isEmpty();
    order(Fault.Effect.RESET_AFTER);
    assertThatThrownBy(() -> client.post("/contact_lists", NEW_LIST))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(listNames()).containsExactly("Board");
    Eventually.equal(
        List.of(false, false),
        () -> control.journal().stream().map(JournalEntry::answered).toList());
  }

  @Test
  void a_body_may_be_cut_off_empty_or_come_in_drops() {
    control.createList("Board");
    control.addFault(Fault.of("GET", "/v3/contact_lists", Fault.Effect.TRUNCATE));
    assertThatThrownBy(() -> client.get("/contact_lists")).isInstanceOf(UncheckedIOException.class);
    control.addFault(Fault.of("GET", "/v3/contact_lists", Fault.Effect.EMPTY));
    assertThat(client.get("/contact_lists").body()).isEmpty();
    control.addFault(
        Fault.of("GET", "/v3/contact_lists", Fault.Effect.DRIBBLE)
            .withDelay(Duration.ofMillis(200)));
    assertThat(client.get("/contact_lists").json().path("lists")).hasSize(1);
    Eventually.equal(true, () -> control.journal().get(2).tookMicros() > 150_000);
  }

  @Test
  void a_job_may_fail_half_way_be_cancelled_time_out_or_hang() throws Exception {
    String list = client.list("Board");
    String path = "/v3/activities/contacts_json_import";
    control.addFault(Fault.of("POST", path, Fault.Effect.ACTIVITY_FAILED).withPercent(50));
    String rows = "{'email':'a@example.org'},{'email':'b@example.org'}";
    assertThat(client.finished(importRows(list, rows)).path("state").asText()).isEqualTo("failed");
    assertThat(control.contactCount()).isEqualTo(1);
    control.addFault(Fault.of("POST", path, Fault.Effect.ACTIVITY_CANCELLED));
    assertThat(client.finished(importRows(list, rows)).path("state").asText())
        .isEqualTo("cancelled");
    control.addFault(Fault.of("POST", path, Fault.Effect.ACTIVITY_TIMED_OUT));
    assertThat(client.finished(importRows(list, rows)).path("state").asText())
        .isEqualTo("timed_out");
    assertThat(control.contactCount()).isEqualTo(1);
    control.addFault(Fault.of("POST", path, Fault.Effect.ACTIVITY_STUCK));
    SandboxClient.Reply stuck = importRows(list, rows);
    control.advanceClock(Duration.ofHours(5));
    assertThat(client.finished(stuck).path("state").asText()).isEqualTo("processing");
    control.releaseStuckActivities();
    assertThat(client.finished(stuck).path("state").asText()).isEqualTo("completed");
  }

  @Test
  void a_completed_job_may_show_its_effects_late() {
    control.stopClock(true);
    String list = client.list("Board");
    control.addFault(
        Fault.of("POST", "/v3/activities/*", Fault.Effect.LATE).withDelay(Duration.ofMinutes(5)));
    SandboxClient.Reply accepted = importRows(list, "{'email':'a@example.org'}");
    String path = "/activities/" + accepted.json().path("activity_id").asText();
    control.advanceClock(Duration.ofHours(1));
    Eventually.equal("completed", () -> client.get(path).json().path("state").asText());
    assertThat(client.get(path).json().at("/status/person_count").asInt()).isEqualTo(1);
    assertThat(control.contactCount()).isZero();
    control.advanceClock(Duration.ofMinutes(5));
    Eventually.equal(1, control::contactCount);
  }
}
