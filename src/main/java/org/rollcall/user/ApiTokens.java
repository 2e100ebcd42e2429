package org.rollcall.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The tokens with which machines come. */
public final class ApiTokens {
  /** Scanners for leaked secrets find tokens by it. */
  public static final String PREFIX = "rc_";

  public static final Duration LONGEST = Duration.ofDays(366);

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final String COLUMNS =
      "token_id, name, role, made_by, made_at, expires_at, used_at, revoked_at";

  private final Store store;
  private final Clock clock;

  public ApiTokens(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What is wrong with a name, in words for the person. */
  public static Optional<String> flaw(String name) {
    return name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}")
        ? Optional.empty()
        : Optional.of("Take a name of 1 to 64 letters, digits or . _ -");
  }

  /** Stands for a token where it must not be kept. */
  public static String fingerprint(String token) {
    return HexFormat.of().formatHex(Token.hash(token));
  }

  /** The newest first; revoked ones too, for their names stand in the audit. */
  public List<ApiToken> all() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT " + COLUMNS + " FROM api_token ORDER BY token_id DESC")
                .list(ApiTokens::read));
  }

  /**
   * Makes a token, which is known nowhere else from then on.
   *
   * @param good for how long, at most {@link #LONGEST}
   * @return empty when a token that was not revoked has the name
   */
  public Optional<String> make(String name, Role role, Duration good, String by) {
    String token = PREFIX + Token.fresh();
    Instant now = clock.instant();
    return store.transaction(
        connection ->
            Query.of(
                            connection,
                            "INSERT INTO api_token (name, role, hash, made_by, made_at, expires_at)"
                                + " VALUES (:name, :role, :hash, :by, :now, :until)"
                                + " ON CONFLICT (lower(name)) WHERE revoked_at IS NULL DO NOTHING")
                        .bind("name", name)
                        .bind("role", role.word())
                        .bind("hash", Token.hash(token))
                        .bind("by", by)
                        .bind("now", now)
                        .bind("until", now.plus(good))
                        .update()
                    == 1
                ? Optional.of(token)
                : Optional.empty());
  }

  /** Whoever has the token is refused from the next request on. False when there is none. */
  public boolean revoke(String name) {
    return store.transaction(
        connection ->
            Query.of(
                        connection,
                        "UPDATE api_token SET revoked_at = :now"
                            + " WHERE lower(name) = lower(:name) AND revoked_at IS NULL")
                    .bind("now", clock.instant())
                    .bind("name", name)
                    .update()
                > 0);
  }

  /** Whose token this is; empty when it is unknown, expired or revoked. */
  public Optional<ApiToken> holder(String token) {
    if (!token.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return store.transaction(
        connection -> {
          Optional<ApiToken> found =
              Query.of(
                      connection,
                      "SELECT "
                          + COLUMNS
                          + " FROM api_token WHERE hash = :hash AND revoked_at IS NULL"
                          + " AND expires_at > :now")
                  .bind("hash", Token.hash(token))
                  .bind("now", now)
                  .first(ApiTokens::read);
          if (found.isPresent() && stale(found.get(), now)) {
            Query.of(connection, "UPDATE api_token SET used_at = :now WHERE token_id = :token")
                .bind("now", now)
                .bind("token", found.get().id())
                .update();
          }
          return found;
        });
  }

  private static boolean stale(ApiToken token, Instant now) {
    Instant used = token.usedAt();
    return used == null || used.isBefore(now.minus(NOTED_EVERY));
  }

  /** Which of these are still good, for answers that last. */
  public Set<Long> good(Collection<Long> ids) {
    return Set.copyOf(
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT token_id FROM api_token WHERE token_id = ANY (:ids::bigint[])"
                            + " AND revoked_at IS NULL AND expires_at > :now")
                    .bind("ids", ids.stream().map(String::valueOf).toArray(String[]::new))
                    .bind("now", clock.instant())
                    .list(row -> row.getLong(1))));
  }

  private static ApiToken read(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getLong("token_id"),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("made_by"),
        Objects.requireNonNull(Query.instant(row, "made_at")),
        Objects.requireNonNull(Query.instant(row, "expires_at")),
        Query.instant(row, "used_at"),
        Query.instant(row, "revoked_at"));
  }
}
