package org.rollcall.user;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Who is signed in. A session lives in the database, so that every node knows it. */
public final class Sessions {
  /** How often a look is noted; more often would be a write for every page. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private static final int LONGEST_BROWSER = 300;

  private final Store store;
  private final Clock clock;
  private final Duration idle;
  private final Duration longest;

  /**
   * @param idle after so long without a request the person has to sign in again
   * @param longest and after so long in any case
   */
  public Sessions(Store store, Clock clock, Duration idle, Duration longest) {
    this.store = store;
    this.clock = clock;
    this.idle = idle;
    this.longest = longest;
  }

  /** The same for whoever does not say what browser it is. */
  public String begin(User user) {
    return begin(user, "");
  }

  /**
   * @param browser as it calls itself
   * @return the token for the browser, which is known nowhere else
   */
  public String begin(User user, String browser) {
    String token = Token.fresh();
    Instant now = clock.instant();
    store.run(
        connection -> {
          Query.of(connection, "DELETE FROM user_session WHERE seen_at < :idle OR begun_at < :old")
              .bind("idle", now.minus(idle))
              .bind("old", now.minus(longest))
              .update();
          Query.of(
                  connection,
                  "INSERT INTO user_session (hash, user_id, form_token, begun_at, seen_at, browser)"
                      + " VALUES (:hash, :user, :form, :now, :now, :browser)")
              .bind("hash", Token.hash(token))
              .bind("user", user.id())
              .bind("form", Token.fresh())
              .bind("now", now)
              .bind("browser", browser.substring(0, Math.min(browser.length(), LONGEST_BROWSER)))
              .update();
        });
    return token;
  }

  /** Where this person is signed in, the latest first. */
  public List<Session> of(Visitor visitor) {
    Instant now = clock.instant();
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT session_id, coalesce(browser, '') AS browser, begun_at, seen_at,"
                        + " form_token = :form AS current FROM user_session"
                        + " WHERE user_id = :user AND seen_at > :idle AND begun_at > :old"
                        + " ORDER BY current DESC, seen_at DESC, session_id LIMIT 100")
                .bind("form", visitor.formToken())
                .bind("user", visitor.userId())
                .bind("idle", now.minus(idle))
                .bind("old", now.minus(longest))
                .list(
                    row ->
                        new Session(
                            row.getLong("session_id"),
                            row.getString("browser"),
                            Objects.requireNonNull(Query.instant(row, "begun_at")),
                            Objects.requireNonNull(Query.instant(row, "seen_at")),
                            row.getBoolean("current"))));
  }

  /**
   * @return false when the person has no such session
   */
  public boolean end(Visitor visitor, long session) {
    return store.transaction(
            connection ->
                Query.of(
                        connection,
                        "DELETE FROM user_session WHERE user_id = :user AND session_id = :session")
                    .bind("user", visitor.userId())
                    .bind("session", session)
                    .update())
        > 0;
  }

  /** Ends all sessions of the person but the one that asks. */
  public int endOthers(Visitor visitor) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "DELETE FROM user_session WHERE user_id = :user AND form_token <> :form")
                .bind("user", visitor.userId())
                .bind("form", visitor.formToken())
                .update());
  }

  /** Who has this token; empty when the session is over. The role is the one of this moment. */
  public Optional<Visitor> visitor(String token) {
    Instant now = clock.instant();
    return store.transaction(
        connection -> {
          Optional<Visitor> visitor =
              Query.of(
                      connection,
                      "SELECT u.user_id, u.name, u.role, s.form_token"
                          + " FROM user_session s JOIN app_user u USING (user_id)"
                          + " WHERE s.hash = :hash AND s.seen_at > :idle AND s.begun_at > :old"
                          + " AND u.active")
                  .bind("hash", Token.hash(token))
                  .bind("idle", now.minus(idle))
                  .bind("old", now.minus(longest))
                  .first(
                      row ->
                          new Visitor(
                              row.getLong(1),
                              row.getString(2),
                              Role.of(row.getString(3)),
                              row.getString(4)));
          if (visitor.isPresent()) {
            Query.of(
                    connection,
                    "UPDATE user_session SET seen_at = :now WHERE hash = :hash AND seen_at <"
                        + " :stale")
                .bind("now", now)
                .bind("hash", Token.hash(token))
                .bind("stale", now.minus(NOTED_EVERY))
                .update();
          }
          return visitor;
        });
  }

  public void end(String token) {
    store.run(
        connection ->
            Query.of(connection, "DELETE FROM user_session WHERE hash = :hash")
                .bind("hash", Token.hash(token))
                .update());
  }

  /** What the next page of this session tells, once. */
  public void leaveNotice(String token, String notice) {
    store.run(
        connection ->
            Query.of(connection, "UPDATE user_session SET notice = :notice WHERE hash = :hash")
                .bind("notice", notice)
                .bind("hash", Token.hash(token))
                .update());
  }

  public Optional<String> takeNotice(String token) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "UPDATE user_session s SET notice = NULL"
                        + " FROM (SELECT hash, notice FROM user_session WHERE hash = :hash) old"
                        + " WHERE s.hash = old.hash AND s.notice IS NOT NULL RETURNING old.notice")
                .bind("hash", Token.hash(token))
                .first(row -> row.getString(1)));
  }
}
