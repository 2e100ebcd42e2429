package org.rollcall.operate;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.rollcall.TestDatabase;
import org.rollcall.harness.Check;
import org.rollcall.hub.Hub;
import org.rollcall.pace.Sleeper;
import org.rollcall.sandbox.Sandbox;
import org.rollcall.sandbox.SandboxOptions;
import org.rollcall.settings.SettingsReader;

/** A home with a member database and a stand-in provider, and as many hubs on it as wanted. */
final class Town implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String ROUTE =
      """
      - route:
          id: town-members
          description: The town's members
          from:
            uri: direct:town-members
            steps:
              - to:
                  uri: kamelet:jdbc-members-action
                  parameters:
                    dataSource: town
                    query: "SELECT member_key, email, grp AS \\"group\\" FROM member"
      """;

  final Sandbox sandbox;
  final HikariDataSource members = TestDatabase.empty();
  final HikariDataSource database = TestDatabase.fresh();
  private final Path home;
  private final Map<String, String> settings = new LinkedHashMap<>();

  Town(Path home, SandboxOptions options) throws IOException, SQLException {
    this.home = home;
    sandbox = Sandbox.start(options);
    Files.createDirectories(home.resolve("routes"));
    Files.createDirectories(home.resolve("config"));
    Files.writeString(home.resolve("routes/town-members.camel.yaml"), ROUTE);
    sql("CREATE TABLE member (member_key text, email text, grp text)");
    set("database.url", database.getJdbcUrl());
    set("database.username", "postgres");
    set("database.password", "");
    set("service.port", "0");
    set("accounts.main.provider", "constantcontact");
    set("accounts.main.api-url", sandbox.apiUrl().toString());
    set("accounts.main.auth-url", sandbox.authUrl().toString());
    set("accounts.main.client-id", options.clientId());
    set("accounts.main.client-secret", options.clientSecret());
    set("accounts.main.refresh-token", sandbox.issueRefreshToken());
    set("accounts.main.poll-interval", "100ms");
    set("sources.town.url", members.getJdbcUrl());
    set("sources.town.username", "postgres");
    set("syncs.town.account", "main");
    set("syncs.town.members", "direct:town-members");
    set("syncs.town.time-zone", "America/Chicago");
  }

  static SandboxOptions quick() {
    return SandboxOptions.defaults().withLimits(0, 0).withJobDelay(Duration.ofMillis(50));
  }

  Town set(String key, String value) {
    settings.put("rollcall." + key, value);
    return this;
  }

  Path home() {
    return home;
  }

  /** So many members, spread over so many groups. */
  void populate(int members, int groups) throws SQLException {
    sql(
        "INSERT INTO member SELECT 'm' || n, 'm' || n || '@example.org', 'group ' || n % "
            + groups
            + " FROM generate_series(1, "
            + members
            + ") n");
  }

  void sql(String statement) throws SQLException {
    try (Connection connection = members.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  /** A number from the hub's database. */
  long count(String query) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement();
        var rows = run.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Hub hub() {
    return Hub.open(SettingsReader.read(home, Map.of(), settings), Path.of("").toAbsolutePath());
  }

  static void until(String what, BooleanSupplier happened) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      try {
        Sleeper.REAL.sleep(Duration.ofMillis(5));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      Check.neverFasterThan(4, sandbox.control());
    } finally {
      sandbox.close();
      members.close();
      database.close();
    }
  }
}
