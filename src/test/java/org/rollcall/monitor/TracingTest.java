package org.rollcall.monitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.run.RunState;

/** Traces as a collector receives them: texts stand in protobuf as they are. */
class TracingTest {
  private final AtomicReference<String> received = new AtomicReference<>("");
  private HttpServer collector;

  @BeforeEach
  void a_collector_listens() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
          received.accumulateAndGet(body, String::concat);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void it_goes() {
    collector.stop(0);
  }

  private static Scene scene() {
    Scene scene = Scene.open();
    scene.source().put(SourceRow.person("m1", "Board", "m1@example.org").withName("Ann", "Smith"));
    return scene;
  }

  @Test
  void runs_and_their_routes_are_told_without_personal_data() throws Exception {
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (Served served = new Served(scene().set("rollcall.monitoring.otlp-endpoint", endpoint))) {
      assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
    }
    assertThat(received.get())
        .contains("run contacts", "run lists", "rollcall.sync", "chamber", "completed")
        .contains("contacts-deliver", "constantcontact-import-contacts", "chamber-members")
        .doesNotContain("example.org", "Smith", "SELECT", "db.statement", "camel.uri");
  }

  @Test
  void a_collector_that_is_away_keeps_no_run_back() throws Exception {
    try (Served served =
        new Served(
            scene().set("rollcall.monitoring.otlp-endpoint", "http://127.0.0.1:1/v1/traces"))) {
      assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void without_the_setting_nothing_traces() throws Exception {
    try (Served served = new Served(scene())) {
      assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
      assertThat(served.hub().camel().getRegistry().lookupByName("tracer")).isNull();
    }
    assertThat(received.get()).isEmpty();
  }
}
