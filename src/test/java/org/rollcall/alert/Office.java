package org.rollcall.alert;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
  private Times times = new Due(clock, false);

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
        times,
        clock,
        certificates);
  }

  /** Syncs are due on Sundays only. */
  void weekly() {
    times = new Due(clock, true);
  }

  /** Another hub takes the lease over whenever this one asks when something is due. */
  void overtaken() {
    times = new Overtaken(this, times);
  }

  private record Overtaken(Office office, Times times) implements Times {
    @Override
    public Optional<Instant> due(String sync, Instant until) {
      office.takeTheLeaseOver();
      return times.due(sync, until);
    }

    @Override
    public Optional<Instant> digest(Instant since, Instant now) {
      office.takeTheLeaseOver();
      return times.digest(since, now);
    }
  }

  void takeTheLeaseOver() {
    sql("UPDATE lease SET token = token + 1");
  }

  /** Syncs are due at eleven in the evening, the digest at seven in the morning. */
  private record Due(Clock clock, boolean weekly) implements Times {
    @Override
    public Optional<Instant> due(String sync, Instant until) {
      Instant at = latest(until, 23);
      while (weekly && at.atZone(ZoneOffset.UTC).getDayOfWeek() != DayOfWeek.SUNDAY) {
        at = at.minus(1, ChronoUnit.DAYS);
      }
      return Optional.of(at);
    }

    @Override
    public Optional<Instant> digest(Instant since, Instant now) {
      return Optional.of(latest(now, 7)).filter(at -> !at.isBefore(since));
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

  /** The sync's schedule as it was met first at this time. */
  void scheduledSince(Instant since) {
    sql(
        "INSERT INTO schedule (account_id, sync_id, cron, time_zone, since) VALUES (1, 1, 'x',"
            + " 'UTC', '"
            + since
            + "')");
  }

  /** What a member said about being written to, seen at this time. */
  void consent(String what, Instant seen) {
    String id = what + seen;
    sql(
        "INSERT INTO consent (account_id, consent_id, what, system, address, contact_id, at,"
            + " seen_at) VALUES (1, '%s', '%s', 'provider', 'x', '%s', '%s', '%s')"
                .formatted(id, what, id, seen, seen));
    sql(
        "INSERT INTO consent_member (account_id, sync_id, consent_id, member_key)"
            + " VALUES (1, 1, '%s', 'm1')".formatted(id));
  }

  void conflict(String member, String state) {
    sql(
        "INSERT INTO address_conflict (account_id, sync_id, member_key, contact_id,"
            + " source_address, provider_address, source_at, provider_at, state)"
            + " VALUES (1, 1, '%s', 'c', 'a', 'b', now(), now(), '%s')".formatted(member, state));
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
