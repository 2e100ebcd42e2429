package org.rollcall.user;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Who may sign in. */
public final class Users {
  private static final Duration LINK_GOOD = Duration.ofHours(24);
  private static final String COLUMNS =
      "user_id, name, role, active, locked_until, signed_in_at, password";

  private final Store store;
  private final Clock clock;
  private final Attempts attempts;

  public Users(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.attempts = new Attempts(clock);
  }

  /** How an attempt to sign in went. Wrong name and wrong password look the same. */
  public sealed interface SignIn {
    record Welcome(User user) implements SignIn {}

    record Wrong() implements SignIn {}

    /** Right or wrong, the password counts for nothing now. Not to be told apart from outside. */
    record Locked() implements SignIn {}
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

  private record Kept(User user, @Nullable String password) {}

  public List<User> all() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT " + COLUMNS + " FROM app_user ORDER BY lower(name)")
                .list(row -> kept(row).user()));
  }

  public Optional<User> find(String name) {
    return store.transaction(connection -> find(connection, name).map(Kept::user));
  }

  /** From a browser that is not known yet. */
  public SignIn signIn(String name, String password) {
    return signIn(name, password, null);
  }

  /**
   * Takes as long whoever is named, so that nobody learns who has an account here.
   *
   * @param browser what {@link #remember} gave the browser, if anything
   */
  public SignIn signIn(String name, String password, @Nullable String browser) {
    Optional<Kept> kept = store.transaction(connection -> find(connection, name));
    boolean counts = kept.isPresent() && begin(kept.get().user(), browser);
    boolean fits = Passwords.fits(password, kept.map(Kept::password).orElse(null));
    if (kept.isEmpty() || !kept.get().user().active()) {
      return new SignIn.Wrong();
    }
    if (!counts) {
      return new SignIn.Locked();
    }
    if (!fits) {
      return new SignIn.Wrong();
    }
    store.run(connection -> welcome(connection, kept.get().user(), browser));
    return new SignIn.Welcome(kept.get().user());
  }

  private boolean begin(User user, @Nullable String browser) {
    return store.transaction(connection -> attempts.begin(connection, user.id(), browser));
  }

  private void welcome(Connection connection, User user, @Nullable String browser)
      throws SQLException {
    attempts.right(connection, user.id(), browser);
    seen(connection, user.id());
  }

  private void seen(Connection connection, long user) throws SQLException {
    Query.of(connection, "UPDATE app_user SET signed_in_at = :now WHERE user_id = :user")
        .bind("now", clock.instant())
        .bind("user", user)
        .update();
  }

  /**
   * Wrong passwords from elsewhere will not keep the person out of this browser.
   *
   * @return what it shows the next time
   */
  public String remember(User user) {
    return store.transaction(connection -> attempts.remember(connection, user.id()));
  }

  /** How a person's own change of the password went. */
  public sealed interface Changed {
    record Done() implements Changed {}

    /** The old one was wrong, or has been wrong too often lately. */
    record Wrong() implements Changed {}

    /**
     * @param flaw what is wrong with the new one, in words for the person
     */
    record Refused(String flaw) implements Changed {}
  }

  /** Whether the person has a password here, and is not only vouched for by an OpenID provider. */
  public boolean hasPassword(long user) {
    return store
        .transaction(connection -> byNumber(connection, user))
        .map(Kept::password)
        .isPresent();
  }

  /** Makes every link void and every browser a stranger; sessions are the caller's. */
  public Changed change(long user, String old, String fresh, @Nullable String browser) {
    Kept kept = store.transaction(connection -> byNumber(connection, user)).orElseThrow();
    boolean counts = begin(kept.user(), browser);
    if (!Passwords.fits(old, kept.password()) || !counts) {
      return new Changed.Wrong();
    }
    Optional<String> flaw = Passwords.flaw(fresh, kept.user().name());
    String hash = Passwords.hash(fresh);
    store.run(
        connection -> {
          attempts.right(connection, user, browser);
          if (flaw.isEmpty()) {
            setPassword(connection, user, hash);
          }
        });
    return flaw.isPresent() ? new Changed.Refused(flaw.get()) : new Changed.Done();
  }

  private static void setPassword(Connection connection, long user, String hash)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE app_user SET password = :hash, failures = 0, locked_until = NULL"
                + " WHERE user_id = :user")
        .bind("hash", hash)
        .bind("user", user)
        .update();
    voidLinks(connection, user);
    Attempts.forget(connection, user);
  }

  private static void voidLinks(Connection connection, long user) throws SQLException {
    Query.of(connection, "DELETE FROM user_link WHERE user_id = :user").bind("user", user).update();
  }

  /**
   * Whom an OpenID provider vouches for. Somebody new becomes a user; of others the role is what
   * the provider says now. A name that somebody else has gets a number.
   *
   * @param name of the shape that {@link #flaw} asks for
   * @return empty when an administrator has shut the person out
   */
  public Optional<User> vouchedFor(String issuer, String subject, String name, Role role) {
    return store.transaction(
        connection -> {
          Query.of(connection, "LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE").update();
          if (bySubject(connection, issuer, subject).isEmpty()) {
            Query.of(
                    connection,
                    "INSERT INTO app_user (name, role, created_at, issuer, subject)"
                        + " VALUES (:name, :role, :now, :issuer, :subject)")
                .bind("name", freeName(connection, name))
                .bind("role", role.word())
                .bind("now", clock.instant())
                .bind("issuer", issuer)
                .bind("subject", subject)
                .update();
          }
          User user = bySubject(connection, issuer, subject).orElseThrow().user();
          if (!user.active()) {
            return Optional.empty();
          }
          Query.of(connection, "UPDATE app_user SET role = :role WHERE user_id = :user")
              .bind("role", role.word())
              .bind("user", user.id())
              .update();
          seen(connection, user.id());
          return bySubject(connection, issuer, subject).map(Kept::user);
        });
  }

  /** Whom the provider does not vouch for any more is signed out everywhere. */
  public void notVouchedFor(String issuer, String subject) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "DELETE FROM user_session USING app_user u WHERE u.user_id ="
                        + " user_session.user_id AND u.issuer = :issuer AND u.subject = :subject")
                .bind("issuer", issuer)
                .bind("subject", subject)
                .update());
  }

  private static String freeName(Connection connection, String name) throws SQLException {
    String free = name;
    for (int number = 2; find(connection, free).isPresent(); number++) {
      free = name + " " + number;
    }
    return free;
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

  /** A link for a new password, which holds until it is used; links given out before are void. */
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
    if (user != null) {
      voidLinks(connection, user);
    }
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
                + " WHERE l.hash = :hash AND l.until > :now"
                + " AND CASE WHEN l.user_id IS NULL THEN NOT EXISTS (SELECT 1 FROM app_user)"
                + " ELSE active END")
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
          Query.of(connection, "LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE").update();
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
              ? new Opened.Done(taken(connection, behind.get(), whose, Passwords.hash(password)))
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
      setPassword(connection, user.get().id(), hash);
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
            voidLinks(connection, kept.get().user().id());
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
                + " AND (password IS NOT NULL OR subject IS NOT NULL) AND user_id <> :user")
        .bind("user", user.id())
        .first(row -> true)
        .isPresent();
  }

  private static Optional<Kept> find(Connection connection, String name) throws SQLException {
    return Query.of(
            connection, "SELECT " + COLUMNS + " FROM app_user WHERE lower(name) = lower(:name)")
        .bind("name", name.strip())
        .first(Users::kept);
  }

  private static Optional<Kept> byNumber(Connection connection, long user) throws SQLException {
    return Query.of(connection, "SELECT " + COLUMNS + " FROM app_user WHERE user_id = :user")
        .bind("user", user)
        .first(Users::kept);
  }

  private static Optional<Kept> bySubject(Connection connection, String issuer, String subject)
      throws SQLException {
    return Query.of(
            connection,
            "SELECT " + COLUMNS + " FROM app_user WHERE issuer = :issuer AND subject = :subject")
        .bind("issuer", issuer)
        .bind("subject", subject)
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
    return new Kept(user, row.getString("password"));
  }
}
