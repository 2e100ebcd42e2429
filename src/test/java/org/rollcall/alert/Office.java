package org.rollcall.alert;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLSocketFactory;
import javax.sql.DataSource;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.pace.Backoff;
import org.rollcall.pace.Budget;
import org.rollcall.pace.Sleeper;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsReader;
import org.rollcall.store.Store;

/** A hub's database with one sync, and mailrooms that look at it. */
final class Office {
  static final Instant MORNING = Instant.parse("2026-11-22T05:00:00Z");

  final TestClock clock = new TestClock(MORNING);
  final DataSource database = TestDatabase.fresh();
  final Store store = new Store(database);
  private final Path home;
  private final Map<String, String> settings = new LinkedHashMap<>();

  Office(Path home) {
    this.home = home;
    set("accounts.main.provider", "constantcontact");
    set("accounts.main.client-id", "abc");
    set("accounts.main.client-secret", "hush-hush");
    set("syncs.chamber.account", "main");
    set("syncs.chamber.members", "direct:chamber-members");
    set("syncs.chamber.schedule", "0 0 23 * * ?");
    set("syncs.chamber.time-zone", "UTC");
    set("mail.host", "localhost");
    set("mail.security", "none");
    set("mail.timeout", "20s");
    set("mail.from", "rollcall@example.org");
    set("mail.to", "ann@example.org, bob@example.org");
    set("mail.time-zone", "UTC");
    set("mail.digest", "never");
    sql("INSERT INTO account (name) VALUES ('main')");
    sql("INSERT INTO sync (account_id, name) VALUES (1, 'chamber')");
  }

  Office set(String key, String value) {
    settings.put("rollcall." + key, value);
    return this;
  }

  Office port(int port) {
    return set("mail.port", "" + port);
  }

  Settings settings() {
    return SettingsReader.read(home, Map.of(), settings);
  }

  Mailroom mailroom() {
    return mailroom((SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  Mailroom mailroom(SSLSocketFactory certificates) {
    Backoff none = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random());
    return new Mailroom(
        settings(),
        store,
        new Budget(database, clock, Sleeper.REAL, none),
        new Daily(clock),
        clock,
        certificates);
  }

  /** Syncs are due at eleven in the evening, the digest at seven in the morning. */
  private record Daily(Clock clock) implements Times {
    @Override
    public Optional<Instant> due(String sync, Instant until) {
      return Optional.of(latest(until, 23));
    }

    @Override
    public Optional<Instant> digest(Instant since, Instant now) {
      return Optional.of(latest(now, 7)).filter(at -> at.isAfter(since));
    }

    private static Instant latest(Instant until, int hour) {
      Instant at = until.truncatedTo(ChronoUnit.DAYS).plus(hour, ChronoUnit.HOURS);
      return at.isAfter(until) ? at.minus(1, ChronoUnit.DAYS) : at;
    }
  }

  /** A run of the whole sync that has just ended. */
  void run(String job, String state, String why) {
    String column = state.equals("held") ? "held_reason" : "error";
    sql(
        "INSERT INTO run (account_id, sync_id, job, state, started_at, finished_at, "
            + column
            + ") VALUES (1, 1, '"
            + job
            + "', '"
            + state
            + "', '"
            + clock.instant()
            + "', '"
            + clock.instant()
            + "', '"
            + why
            + "')");
  }

  void deadLetter() {
    sql(
        "INSERT INTO dead_letter (account_id, sync_id, kind, payload, cause, remedy, at)"
            + " VALUES (1, 1, 'record', 'x', 'x', 'x', '"
            + clock.instant()
            + "')");
  }

  void sql(String statement) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String text(String query) {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement();
        var rows = run.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void work() {
    try (Mailroom mailroom = mailroom()) {
      mailroom.work(() -> false);
    }
  }
}
