package org.rollcall.user;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts wrong passwords in a row, by name; and apart from that in each browser the person has
 * signed in from before, so that nobody is locked out by somebody else's guesses.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** So many are borne with before there is a wait. */
  static final int BORNE = 5;

  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration REMEMBERED = Duration.ofDays(90);

  private final Clock clock;

  Attempts(Clock clock) {
    this.clock = clock;
  }

  private record Count(int failures, @Nullable Instant until) {}

  /**
   * Counts an attempt as wrong until it has turned out right, so that many at once are not more
   * chances.
   *
   * @param browser what the browser was given when the person signed in there before
   * @return false when there have been too many, and the password counts for nothing
   */
  boolean begin(Connection connection, long user, @Nullable String browser) throws SQLException {
    Optional<Count> known = ofBrowser(connection, user, browser);
    Count count = known.isPresent() ? known.get() : ofName(connection, user);
    if (count.until() != null && clock.instant().isBefore(count.until())) {
      return false;
    }
    int failures = count.failures() + 1;
    Instant until = failures < BORNE ? null : clock.instant().plus(pause(failures - BORNE));
    if (until != null && known.isEmpty()) {
      LOG.warn("user number {} has to wait after {} wrong passwords", user, failures - 1);
    }
    set(connection, user, known.isPresent() ? browser : null, new Count(failures, until));
    return true;
  }

  /** The attempt that was begun turned out right. */
  void right(Connection connection, long user, @Nullable String browser) throws SQLException {
    boolean known = ofBrowser(connection, user, browser).isPresent();
    set(connection, user, known ? browser : null, new Count(0, null));
  }

  /**
   * @return what the browser shows next time
   */
  String remember(Connection connection, long user) throws SQLException {
    Query.of(connection, "DELETE FROM user_browser WHERE seen_at < :long")
        .bind("long", clock.instant().minus(REMEMBERED))
        .update();
    String token = Token.fresh();
    Query.of(
            connection,
            "INSERT INTO user_browser (hash, user_id, seen_at) VALUES (:hash, :user, :now)")
        .bind("hash", Token.hash(token))
        .bind("user", user)
        .bind("now", clock.instant())
        .update();
    return token;
  }

  /** Every browser is a stranger again. */
  static void forget(Connection connection, long user) throws SQLException {
    Query.of(connection, "DELETE FROM user_browser WHERE user_id = :user")
        .bind("user", user)
        .update();
  }

  private static Count ofName(Connection connection, long user) throws SQLException {
    return Query.of(
            connection,
            "SELECT failures, locked_until FROM app_user WHERE user_id = :user FOR UPDATE")
        .bind("user", user)
        .first(row -> new Count(row.getInt(1), Query.instant(row, "locked_until")))
        .orElseThrow();
  }

  private Optional<Count> ofBrowser(Connection connection, long user, @Nullable String browser)
      throws SQLException {
    if (browser == null) {
      return Optional.empty();
    }
    return Query.of(
            connection,
            "UPDATE user_browser SET seen_at = :now WHERE hash = :hash AND user_id = :user"
                + " RETURNING failures, locked_until")
        .bind("now", clock.instant())
        .bind("hash", Token.hash(browser))
        .bind("user", user)
        .first(row -> new Count(row.getInt(1), Query.instant(row, "locked_until")));
  }

  private static void set(Connection connection, long user, @Nullable String browser, Count count)
      throws SQLException {
    Query.of(
            connection,
            browser == null
                ? "UPDATE app_user SET failures = :failures, locked_until = :until::timestamptz"
                    + " WHERE user_id = :user"
                : "UPDATE user_browser SET failures = :failures, locked_until = :until::timestamptz"
                    + " WHERE user_id = :user AND hash = :hash")
        .bind("failures", count.failures())
        .bind("until", count.until())
        .bind("user", user)
        .bind("hash", browser == null ? null : Token.hash(browser))
        .update();
  }

  private static Duration pause(long more) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(more, 10));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }
}
