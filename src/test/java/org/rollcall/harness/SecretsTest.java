package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.rollcall.operate.Service;
import org.rollcall.pace.Sleeper;
import org.rollcall.run.Job;
import org.rollcall.sandbox.Fault;
import org.rollcall.sandbox.SandboxOptions;

/** Invariant 8: secrets appear in no log, no error, no result and in no column in clear. */
class SecretsTest {
  private static final String CLIENT_SECRET = "canary-of-the-client";
  private static final String KEY = "canary-of-the-key-0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "canary-of-the-instruments";
  private static final String PASSWORD = "canary-of-the-source";

  @Test
  void no_secret_is_found_in_logs_at_trace_in_results_in_errors_or_in_the_database()
      throws Exception {
    try (Scene scene = Scene.open()) {
      SandboxOptions options = scene.provider().options();
      scene.provider().registerClient(options.clientId(), CLIENT_SECRET, List.of());
      scene.source().execute("DROP ROLE IF EXISTS canary");
      scene.source().execute("CREATE ROLE canary LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
      scene
          .jmx()
          .set("rollcall.accounts.main.client-secret", CLIENT_SECRET)
          .set("rollcall.secret-key", KEY)
          .set("rollcall.sources.chamber.username", "canary")
          .set("rollcall.sources.chamber.password", PASSWORD);
      scene.set(
          "rollcall.sources.chamber.url", scene.source().url().replaceAll("[?&]user=[^&]*", ""));
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      String seed = String.valueOf(scene.settings().get("rollcall.accounts.main.refresh-token"));

      StringBuilder said = new StringBuilder();
      for (String[] command :
          List.of(
              new String[] {"sync", "chamber", "--json", "--log-level", "trace"},
              new String[] {"status", "chamber", "--members", "--json", "--log-level", "trace"},
              new String[] {"check", "--log-level", "trace"})) {
        said.append(told(scene, command));
      }
      scene.provider().expireAccessTokens();
      scene.provider().addFault(Fault.status("*", "/oauth2/*", 500).withTimes(2));
      said.append(told(scene, "sync", "chamber", "--json", "--log-level", "trace"));
      Set<String> living = scene.provider().livingRefreshTokens();

      List<String> secrets = new ArrayList<>(living);
      secrets.addAll(List.of(CLIENT_SECRET, KEY, PASSWORD, seed));
      String database = everything(scene);
      assertThat(said.length()).as("what was logged").isGreaterThan(10_000);
      assertThat(database).as("what was stored").contains("m1@example.org");
      for (String secret : secrets) {
        assertThat(said.indexOf(secret)).as("a secret in what was said").isNegative();
        assertThat(database.contains(secret)).as("a secret in the database").isFalse();
      }
      assertThat(said.indexOf("Bearer ey")).as("an access token").isNegative();
    }
  }

  @Test
  void no_secret_is_an_attribute_of_an_mbean() throws Exception {
    try (Scene scene = Scene.open()) {
      SandboxOptions options = scene.provider().options();
      scene.provider().registerClient(options.clientId(), CLIENT_SECRET, List.of());
      scene.source().execute("DROP ROLE IF EXISTS canary");
      scene.source().execute("CREATE ROLE canary LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
      scene
          .jmx()
          .set("rollcall.accounts.main.client-secret", CLIENT_SECRET)
          .set("rollcall.secret-key", KEY)
          .set("rollcall.sources.chamber.username", "canary")
          .set("rollcall.sources.chamber.password", PASSWORD);
      scene.set(
          "rollcall.sources.chamber.url", scene.source().url().replaceAll("[?&]user=[^&]*", ""));
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      scene.sync();

      String shown = attributes();

      List<String> secrets = new ArrayList<>(scene.provider().livingRefreshTokens());
      secrets.addAll(List.of(CLIENT_SECRET, KEY, PASSWORD));
      assertThat(shown).as("Camel's beans").contains("chamber-members", "contacts-deliver");
      for (String secret : secrets) {
        assertThat(shown.contains(secret)).as("a secret in an MBean").isFalse();
      }
      assertThat(shown.contains("m1@example.org")).as("an address in an MBean").isFalse();
    }
  }

  @Test
  void no_secret_is_told_to_the_instruments_of_a_service() throws Exception {
    try (Scene scene = Scene.open()) {
      SandboxOptions options = scene.provider().options();
      scene.provider().registerClient(options.clientId(), CLIENT_SECRET, List.of());
      scene
          .jmx()
          .set("rollcall.accounts.main.client-secret", CLIENT_SECRET)
          .set("rollcall.secret-key", KEY)
          .set("rollcall.monitoring.token", TOKEN)
          .set("rollcall.service.port", "0");
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      try (Service service = Service.start(scene.hub(), Clock.systemUTC())) {
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("org.rollcall:type=Sync,name=chamber"),
                "runNow",
                new Object[0],
                new String[0]);
        for (int i = 0; i < 1_000 && !ended(scene); i++) {
          Sleeper.REAL.sleep(Duration.ofMillis(50));
        }

        String shown = attributes() + page(service, "/metrics") + page(service, "/health");

        List<String> secrets = new ArrayList<>(scene.provider().livingRefreshTokens());
        secrets.addAll(List.of(CLIENT_SECRET, KEY, TOKEN));
        assertThat(shown)
            .as("our beans, metrics and health")
            .contains("org.rollcall:type=Sync", "rollcall_quota_left", "usedToday");
        for (String secret : secrets) {
          assertThat(shown.contains(secret)).as("a secret in an instrument").isFalse();
        }
        assertThat(shown.contains("m1@example.org")).as("an address").isFalse();
      }
    }
  }

  private static boolean ended(Scene scene) {
    return scene
        .hub()
        .runs()
        .latest("chamber", Job.CONTACTS)
        .filter(run -> run.finishedAt() != null)
        .isPresent();
  }

  private static String page(Service service, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Every attribute of every bean of this process that can be read. */
  private static String attributes() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    StringBuilder all = new StringBuilder();
    for (ObjectName name : server.queryNames(null, null)) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        try {
          Object value = server.getAttribute(name, attribute.getName());
          all.append(name).append(' ').append(attribute.getName()).append('=');
          all.append(value instanceof Object[] many ? Arrays.deepToString(many) : value);
          all.append('\n');
        } catch (JMException | RuntimeException e) {
          // not every attribute can be read in every VM
        }
      }
    }
    return all.toString();
  }

  /** All that a process wrote, its log included. */
  private static String told(Scene scene, String... command) throws Exception {
    Process process = Commands.start(scene.home(), command);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(scene.home().resolve("process.log"));
  }

  /** Every text and every byte of every table. */
  private static String everything(Scene scene) {
    StringBuilder all = new StringBuilder();
    try (Connection connection = scene.state().getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
              Object value = rows.getObject(i);
              all.append(
                  value instanceof byte[] bytes
                      ? new String(bytes, StandardCharsets.ISO_8859_1)
                      : String.valueOf(value));
              all.append('\n');
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all.toString();
  }
}
