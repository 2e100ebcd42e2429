package org.rollcall.user;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Who may sign in. */
public final class Users {
  /** So many wrong passwords in a row are borne with before the name has to wait. */
  private static final int BORNE = 5;

  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration LINK_GOOD = Duration.ofHours(24);
  private static final String COLUMNS =
      "user_id, name, role, active, locked_until, signed_in_at, password, failures";

  private final Store store;
  private final Clock clock;
  private final Passwords passwords = new Passwords();

  public Users(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How an attempt to sign in went. Wrong name and wrong password look the same. */
  public sealed interface SignIn {
    record Welcome(User user) implements SignIn {}

    record Wrong() implements SignIn {}

    /** The password was not even looked at. */
    record Locked(Instant until) implements SignIn {}
  }

  /** How a link was used. */
  public sealed interface Opened {
    record Done(User user) implements Opened {}

    /** Used before, too old, or never given out. */
    record Void() implements Opened {}

    /**
     * @param flaw what is wrong with name or password, in words for the person
     */
    record Refused(String flaw) implements Opened {}
  }

  private record Kept(User user, @Nullable String password, int failures) {}

  public List<User> all() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT " + COLUMNS + " FROM app_user ORDER BY lower(name)")
                .list(row -> kept(row).user()));
  }

  public Optional<User> find(String name) {
    return store.transaction(connection -> find(connection, name).map(Kept::user));
  }

  /** Counts as wrong until it has turned out right, so that many at once are not more chances. */
  public SignIn signIn(String name, String password) {
    Optional<Kept> kept = store.transaction(connection -> attempt(connection, name));
    Instant locked = kept.map(found -> found.user().lockedUntil()).orElse(null);
    if (locked != null && clock.instant().isBefore(locked)) {
      return new SignIn.Locked(locked);
    }
    boolean fits = passwords.fits(password, kept.map(Kept::password).orElse(null));
    if (kept.isEmpty() || !fits || !kept.get().user().active()) {
      return new SignIn.Wrong();
    }
    store.run(connection -> welcome(connection, kept.get().user()));
    return new SignIn.Welcome(kept.get().user());
  }

  /** The user as it was before this attempt. */
  private Optional<Kept> attempt(Connection connection, String name) throws SQLException {
    Optional<Kept> kept = find(connection, name, " FOR UPDATE");
    if (kept.isPresent()) {
      Instant locked = kept.get().user().lockedUntil();
      if (locked == null || !clock.instant().isBefore(locked)) {
        int failures = kept.get().failures() + 1;
        Query.of(
                connection,
                "UPDATE app_user SET failures = :failures, locked_until = :until::timestamptz"
                    + " WHERE user_id = :user")
            .bind("failures", failures)
            .bind("until", failures < BORNE ? null : clock.instant().plus(pause(failures - BORNE)))
            .bind("user", kept.get().user().id())
            .update();
      }
    }
    return kept;
  }

  private void welcome(Connection connection, User user) throws SQLException {
    Query.of(
            connection,
            "UPDATE app_user SET failures = 0, locked_until = NULL, signed_in_at = :now"
                + " WHERE user_id = :user")
        .bind("now", clock.instant())
        .bind("user", user.id())
        .update();
  }

  private static Duration pause(long more) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(more, 10));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  /**
   * Makes a user who cannot sign in before a password was chosen through the link.
   *
   * @return the token of the link; empty when somebody has the name
   */
  public Optional<String> invite(String name, Role role) {
    return store.transaction(
        connection -> {
          Optional<Long> made =
              Query.of(
                      connection,
                      "INSERT INTO app_user (name, role, created_at) VALUES (:name, :role, :now)"
                          + " ON CONFLICT (lower(name)) DO NOTHING RETURNING user_id")
                  .bind("name", name)
                  .bind("role", role.word())
                  .bind("now", clock.instant())
                  .first(row -> row.getLong(1));
          return made.isEmpty() ? Optional.empty() : Optional.of(link(connection, made.get()));
        });
  }

  /** A link for a new password; the old one holds until it is used. */
  public String newPassword(User user) {
    return store.transaction(connection -> link(connection, user.id()));
  }

  /**
   * The link that makes the first administrator; the one given out before is void.
   *
   * @return empty when there are users
   */
  public Optional<String> firstLink() {
    return store.transaction(
        connection -> {
          Query.of(connection, "LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE").update();
          boolean some =
              Query.of(connection, "SELECT 1 FROM app_user").first(row -> true).isPresent();
          Query.of(connection, "DELETE FROM user_link WHERE user_id IS NULL OR until < :now")
              .bind("now", clock.instant())
              .update();
          return some ? Optional.empty() : Optional.of(link(connection, null));
        });
  }

  private String link(Connection connection, @Nullable Long user) throws SQLException {
    String token = Token.fresh();
    Query.of(
            connection,
            "INSERT INTO user_link (hash, user_id, until) VALUES (:hash, :user::bigint, :until)")
        .bind("hash", Token.hash(token))
        .bind("user", user)
        .bind("until", clock.instant().plus(LINK_GOOD))
        .update();
    return token;
  }

  /**
   * Whom a link is for.
   *
   * @return empty when it is void; inside, empty for the first administrator, whose name is not
   *     known yet
   */
  public Optional<Optional<User>> behind(String token) {
    return store.transaction(connection -> behind(connection, token));
  }

  private Optional<Optional<User>> behind(Connection connection, String token) throws SQLException {
    return Query.of(
            connection,
            "SELECT "
                + COLUMNS
                + " FROM user_link l LEFT JOIN app_user USING (user_id)"
                + " WHERE l.hash = :hash AND l.until > :now")
        .bind("hash", Token.hash(token))
        .bind("now", clock.instant())
        .first(
            row ->
                row.getString("name") == null
                    ? Optional.<User>empty()
                    : Optional.of(kept(row).user()));
  }

  /**
   * Uses a link up: sets the password, and ends every session the person had.
   *
   * @param name of the first administrator; otherwise the link knows it
   */
  public Opened open(String token, String name, String password) {
    return store.transaction(
        connection -> {
          Optional<Optional<User>> behind = behind(connection, token);
          if (behind.isEmpty()) {
            return new Opened.Void();
          }
          String whose = behind.get().map(User::name).orElse(name.strip());
          Optional<String> flaw = flaw(whose).or(() -> Passwords.flaw(password, whose));
          if (flaw.isPresent()) {
            return new Opened.Refused(flaw.get());
          }
          return used(connection, token)
              ? new Opened.Done(taken(connection, behind.get(), whose, passwords.hash(password)))
              : new Opened.Void();
        });
  }

  /** Of two who use a link at once, one waits here and then finds nothing. */
  private static boolean used(Connection connection, String token) throws SQLException {
    return Query.of(connection, "DELETE FROM user_link WHERE hash = :hash")
            .bind("hash", Token.hash(token))
            .update()
        > 0;
  }

  private User taken(Connection connection, Optional<User> user, String name, String hash)
      throws SQLException {
    if (user.isEmpty()) {
      Query.of(
              connection,
              "INSERT INTO app_user (name, role, created_at, password)"
                  + " VALUES (:name, 'administrator', :now, :hash)")
          .bind("name", name)
          .bind("now", clock.instant())
          .bind("hash", hash)
          .update();
    } else {
      Query.of(
              connection,
              "UPDATE app_user SET password = :hash, failures = 0, locked_until = NULL"
                  + " WHERE user_id = :user")
          .bind("hash", hash)
          .bind("user", user.get().id())
          .update();
      Query.of(connection, "DELETE FROM user_session WHERE user_id = :user")
          .bind("user", user.get().id())
          .update();
    }
    return find(connection, name).orElseThrow().user();
  }

  /** What is wrong with a name, in words for the person. */
  public static Optional<String> flaw(String name) {
    return name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} .@_'-]{0,63}")
        ? Optional.empty()
        : Optional.of("Take a name of 1 to 64 letters, digits, blanks or . @ _ ' -");
  }

  /**
   * @param active false ends the person's sessions at once
   * @return false when nobody who may administer would be left, or there is no such user
   */
  public boolean change(String name, Role role, boolean active) {
    return store.transaction(
        connection -> {
          Query.of(connection, "LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE").update();
          Optional<Kept> kept = find(connection, name);
          if (kept.isEmpty()
              || ((!active || role != Role.ADMINISTRATOR)
                  && !othersAdminister(connection, kept.get().user()))) {
            return false;
          }
          Query.of(
                  connection,
                  "UPDATE app_user SET role = :role, active = :active WHERE user_id = :user")
              .bind("role", role.word())
              .bind("active", active)
              .bind("user", kept.get().user().id())
              .update();
          if (!active) {
            Query.of(connection, "DELETE FROM user_session WHERE user_id = :user")
                .bind("user", kept.get().user().id())
                .update();
          }
          return true;
        });
  }

  private static boolean othersAdminister(Connection connection, User user) throws SQLException {
    return Query.of(
            connection,
            "SELECT 1 FROM app_user WHERE role = 'administrator' AND active"
                + " AND password IS NOT NULL AND user_id <> :user")
        .bind("user", user.id())
        .first(row -> true)
        .isPresent();
  }

  private static Optional<Kept> find(Connection connection, String name) throws SQLException {
    return find(connection, name, "");
  }

  private static Optional<Kept> find(Connection connection, String name, String lock)
      throws SQLException {
    return Query.of(
            connection,
            "SELECT " + COLUMNS + " FROM app_user WHERE lower(name) = lower(:name)" + lock)
        .bind("name", name.strip())
        .first(Users::kept);
  }

  private static Kept kept(ResultSet row) throws SQLException {
    User user =
        new User(
            row.getLong("user_id"),
            Objects.requireNonNull(row.getString("name")),
            Role.of(row.getString("role")),
            row.getBoolean("active"),
            Query.instant(row, "locked_until"),
            Query.instant(row, "signed_in_at"));
    return new Kept(user, row.getString("password"), row.getInt("failures"));
  }
}
