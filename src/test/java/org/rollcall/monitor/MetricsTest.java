package org.rollcall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.run.RunState;
import org.rollcall.sandbox.Fault;
import org.rollcall.web.Wire;

class MetricsTest {
  private static final Pattern NAME =
      Pattern.compile("\\b((?:rollcall|camel|jvm|hikaricp|process|system)_[a-z0-9_]+)\\b");
  private static final Path DASHBOARD = Path.of("docker/grafana/rollcall.json");
  private static final Path ALERTS = Path.of("docker/prometheus/alerts.yaml");

  private static final String SHOWN = "rollcall_sync_members{sync=\"chamber\"}";

  private Served served;

  @BeforeEach
  void a_service_has_run_a_sync_once() throws Exception {
    Scene scene = Scene.open().set("rollcall.monitoring.token", Served.TOKEN);
    scene.source().put(SourceRow.person("m1", "Board", "m1@example.org").withName("Ann", "Smith"));
    scene.source().put(SourceRow.person("m2", "Choir", "m2@example.org"));
    scene.provider().addFault(Fault.status("GET", "/v3/*", 429).withTimes(1));
    scene.provider().addFault(Fault.of("GET", "/v3/*", Fault.Effect.RESET_BEFORE).withTimes(1));
    served = new Served(scene);
    assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
  }

  @AfterEach
  void all_close() {
    served.close();
  }

  /** Once the figures have been read, which a busy machine takes its time for. */
  private String scrape() throws Exception {
    AtomicReference<String> last = new AtomicReference<>("");
    Served.until("figures", () -> last.accumulateAndGet(once(), (old, now) -> now).contains(SHOWN));
    return last.get();
  }

  private String once() {
    try {
      HttpResponse<String> answer = served.get("/metrics");
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void routes_runs_accounts_and_the_machine_are_measured_without_personal_data() throws Exception {
    String all = scrape();

    assertThat(all)
        .contains("rollcall_provider_calls_seconds_count{account=\"main\",answer=\"2xx\"}")
        .contains("rollcall_provider_throttled_total{account=\"main\"} 1.0")
        .contains("rollcall_provider_unanswered_total{account=\"main\"} 1.0")
        .contains("rollcall_account_connected{account=\"main\"} 1.0")
        .containsPattern("rollcall_quota_used\\{account=\"main\"} [1-9]")
        .contains("rollcall_rows_read_total{job=\"contacts\",sync=\"chamber\"} 2.0")
        .contains(
            "rollcall_changes_total{kind=\"import\",outcome=\"applied\",sync=\"chamber\"} 2.0")
        .contains(
            "rollcall_last_run_state{job=\"contacts\",state=\"completed\",sync=\"chamber\"} 1.0")
        .contains(
            "rollcall_runs_seconds_count{job=\"contacts\",state=\"completed\",sync=\"chamber\"} 1")
        .contains("rollcall_database_up 1.0")
        .containsPattern("camel_exchanges_total\\{[^}]*routeId=\"contacts\"")
        .contains("hikaricp_connections_active{pool=\"rollcall\"}")
        .contains("jvm_memory_used_bytes");
    assertThat(all).doesNotContain("example.org", "m1", "Smith", "Board", "Choir");
  }

  @Test
  void from_elsewhere_the_token_is_asked_for() throws Exception {
    String[] elsewhere = {"X-Forwarded-For", "192.0.2.7"};
    assertThat(served.get("/metrics", elsewhere).statusCode()).isEqualTo(403);
    assertThat(with("Bearer wrong").statusCode()).isEqualTo(403);
    assertThat(with("Bearer " + Served.TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void who_asks_for_the_public_name_is_from_elsewhere() throws Exception {
    served.close();
    served =
        new Served(Scene.open().set("rollcall.service.public-url", "https://rollcall.example.org"));
    Wire wire = new Wire(served.service.port());
    assertThat(wire.get("/metrics", "Host: rollcall.example.org").status()).isEqualTo(403);
    assertThat(wire.get("/metrics").status()).isEqualTo(200);
  }

  @Test
  void only_what_waits_for_a_person_is_told_so() throws Exception {
    served.scene.tell(
        "INSERT INTO run (account_id, sync_id, job, state, started_at, decision)"
            + " SELECT account_id, sync_id, 'contacts', 'held', now(), 'rejected' FROM sync");
    served.scene.tell(
        "INSERT INTO dead_letter (account_id, sync_id, kind, payload, cause, remedy, at, state)"
            + " SELECT account_id, sync_id, 'record', 'x', 'x', 'x', now(), s.state"
            + " FROM sync, (VALUES ('open'), ('dismissed')) s (state)");
    served.scene.tell(
        "INSERT INTO address_conflict (account_id, sync_id, member_key, contact_id,"
            + " source_address, provider_address, source_at, provider_at, state)"
            + " SELECT account_id, sync_id, s.state, 'c', 'a', 'b', now(), now(), s.state"
            + " FROM sync, (VALUES ('open'), ('source')) s (state)");

    assertThat(scrape())
        .contains("rollcall_plans_held{sync=\"chamber\"} 0.0")
        .contains("rollcall_dead_letters_open{sync=\"chamber\"} 1.0")
        .contains("rollcall_conflicts_open{sync=\"chamber\"} 1.0");
  }

  private HttpResponse<String> with(String authorization) throws Exception {
    return served.get("/metrics", "X-Forwarded-For", "192.0.2.7", "Authorization", authorization);
  }

  @Test
  void everything_that_the_dashboard_and_the_alerts_name_is_there() throws Exception {
    Set<String> named = new TreeSet<>(named(Files.readString(ALERTS)));
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    dashboard.findValuesAsText("expr").forEach(query -> named.addAll(named(query)));
    dashboard.findValuesAsText("query").forEach(query -> named.addAll(named(query)));

    String all = scrape();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named).allSatisfy(name -> assertThat(all).containsPattern("(?m)^" + name + "[{ ]"));
  }

  private static Set<String> named(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  @Test
  void groups_are_labels_only_when_asked_for() throws Exception {
    assertThat(scrape()).doesNotContain("rollcall_group_members");
    served.close();
    Scene scene = Scene.open().set("rollcall.monitoring.groups", "true");
    scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
    served = new Served(scene);
    served.run();
    assertThat(scrape()).contains("rollcall_group_members{group=\"Board\",sync=\"chamber\"} 1.0");
  }

  @Test
  void a_service_whose_database_is_gone_is_still_measured() throws Exception {
    scrape();
    served.scene.closeHub();
    String all = scrape();
    assertThat(all)
        .contains("jvm_memory_used_bytes", "rollcall_sync_members{sync=\"chamber\"} 2.0");
  }

  @Test
  void health_tells_quota_and_success_of_every_account_and_that_it_was_started() throws Exception {
    assertThat(served.get("/started").statusCode()).isEqualTo(200);
    JsonNode account =
        new ObjectMapper().readTree(served.get("/health").body()).path("accounts").path(0);
    assertThat(account.path("quota").path("usedToday").asLong()).isPositive();
    assertThat(account.path("quota").path("leftToday").asLong()).isPositive();
    assertThat(account.path("lastSuccess").asText()).startsWith("20");
    assertThat(account.path("token").asText()).isEqualTo("connected");
  }
}
