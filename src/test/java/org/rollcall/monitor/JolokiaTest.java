package org.rollcall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

class JolokiaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/hawtio/jolokia";
  private static final String[] TOKEN = {
    "Content-Type", "application/json", "Authorization", "Bearer " + Served.TOKEN
  };

  private Served served;

  @BeforeEach
  void a_service_with_a_token() {
    Scene scene = Scene.open().set("rollcall.monitoring.token", Served.TOKEN);
    for (int i = 1; i <= 20; i++) {
      scene.source().put(SourceRow.person("m" + i, "Board", "m" + i + "@example.org"));
    }
    served = new Served(scene);
  }

  @AfterEach
  void all_close() {
    served.close();
  }

  private JsonNode ask(Map<String, Object> request) throws Exception {
    return JSON.readTree(served.post(PATH, JSON.writeValueAsString(request), TOKEN).body());
  }

  private JsonNode exec(String mbean, String operation) throws Exception {
    return ask(Map.of("type", "exec", "mbean", mbean, "operation", operation));
  }

  private static String route(String id) {
    return "org.apache.camel:context=rollcall,type=routes,name=\"" + id + "\"";
  }

  @Test
  void other_operations_are_refused() throws Exception {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("java.lang:type=Memory", "gc");
    others.put("java.lang:type=Threading", "dumpAllThreads(boolean,boolean)");
    others.put("com.sun.management:type=DiagnosticCommand", "vmSystemProperties");
    others.put("java.util.logging:type=Logging", "getLoggerLevel");
    others.put("org.rollcall:type=Sync,name=chamber", "runNow");
    others.put(route("chamber-members"), "remove()");
    others.put(route("contacts"), "updateRouteFromXml");
    others.put("org.apache.camel:context=rollcall,type=context,name=\"rollcall\"", "stop()");
    others.put("org.apache.camel:*", "stop()");
    others.put("*:*", "stop");

    for (Map.Entry<String, String> other : others.entrySet()) {
      assertThat(exec(other.getKey(), other.getValue()).path("status").asInt())
          .as(other.toString())
          .isEqualTo(403);
    }
    assertThat(audit()).as("nothing was done").doesNotContain("of a route");
  }

  @Test
  void of_several_requests_at_once_each_is_refused_or_noted_by_itself() throws Exception {
    String both =
        JSON.writeValueAsString(
            List.of(
                Map.of("type", "exec", "mbean", route("contacts"), "operation", "remove()"),
                Map.of("type", "exec", "mbean", route("chamber-members"), "operation", "stop()")));
    JsonNode answers = JSON.readTree(served.post(PATH, both, TOKEN).body());

    assertThat(answers.findValuesAsText("status")).containsExactly("403", "200");
    assertThat(audit()).contains("stop of a route", "chamber-members").doesNotContain("remove");
  }

  private String audit() {
    return served.scene.hub().audit().entries(Long.MAX_VALUE, 10).toString();
  }

  @Test
  void attributes_are_read_and_not_written_and_the_command_line_not_even_read() throws Exception {
    JsonNode read = ask(Map.of("type", "read", "mbean", route("contacts"), "attribute", "State"));
    assertThat(read.path("value").asText()).isEqualTo("Started");

    Map<String, Object> write =
        Map.of(
            "type",
            "write",
            "mbean",
            "java.lang:type=Memory",
            "attribute",
            "Verbose",
            "value",
            true);
    assertThat(ask(write).path("status").asInt()).isEqualTo(403);
    for (String hidden : new String[] {"SystemProperties", "InputArguments"}) {
      Map<String, Object> request =
          Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", hidden);
      assertThat(ask(request).path("status").asInt()).as(hidden).isEqualTo(403);
    }
    JsonNode runtime = ask(Map.of("type", "read", "mbean", "java.lang:type=Runtime"));
    assertThat(runtime.toString()).doesNotContain("java.home", "-D");
  }

  @Test
  void only_those_who_may_and_only_json_is_answered() throws Exception {
    String version = "{\"type\":\"version\"}";
    assertThat(served.post(PATH, version, TOKEN).statusCode()).isEqualTo(200);
    assertThat(served.post(PATH, version, "Content-Type", "application/json").statusCode())
        .isEqualTo(403);
    assertThat(
            served
                .post(
                    PATH, version, "Content-Type", "application/json", "Authorization", "Bearer x")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            served
                .post(PATH, version, "Content-Type", "text/plain", TOKEN[2], TOKEN[3])
                .statusCode())
        .isEqualTo(415);
    String[] foreign = {TOKEN[0], TOKEN[1], TOKEN[2], TOKEN[3], "Origin", "https://evil.example"};
    assertThat(served.post(PATH, version, foreign).statusCode()).isEqualTo(403);
    String[] forwarded = {TOKEN[0], TOKEN[1], TOKEN[2], TOKEN[3], "X-Forwarded-For", "192.0.2.7"};
    assertThat(served.post(PATH, version, forwarded).statusCode()).isEqualTo(403);
    assertThat(served.post(PATH, "no json", TOKEN).statusCode()).isEqualTo(400);
  }

  @Test
  void a_stopped_member_route_fails_the_run_clearly_and_removes_nothing() throws Exception {
    assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
    long before = members();

    assertThat(exec(route("chamber-members"), "stop()").path("status").asInt()).isEqualTo(200);
    assertThat(served.get("/ready").body()).contains("the route chamber-members is not running");
    assertThat(served.get("/health").body()).contains("chamber-members is not running", "quota");
    Runs.Record failed = served.run();

    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.error()).contains("direct:chamber-members is not running");
    assertThat(members()).isEqualTo(before).isEqualTo(20);

    assertThat(exec(route("chamber-members"), "start()").path("status").asInt()).isEqualTo(200);
    assertThat(served.get("/ready").statusCode()).isEqualTo(200);
    served.scene.source().put(SourceRow.person("m21", "Board", "m21@example.org"));
    assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(members()).isEqualTo(21);
    assertThat(audit()).contains("stop of a route", "chamber-members", "monitoring token");
  }

  @Test
  void a_pipeline_route_that_is_stopped_amid_a_run_loses_and_doubles_nothing() throws Exception {
    assertThat(exec(route("contacts-deliver"), "stop()").path("status").asInt()).isEqualTo(200);
    assertThat(served.run().state()).isEqualTo(RunState.FAILED);
    assertThat(members()).isZero();

    exec(route("contacts-deliver"), "start()");
    assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(members()).isEqualTo(20);
  }

  /** Who is on lists at the provider. */
  private long members() {
    return served.scene.provider().lists().stream()
        .mapToLong(list -> served.scene.provider().membersOf(list.name(), 1_000).size())
        .sum();
  }
}
