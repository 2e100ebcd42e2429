package org.rollcall.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.TokenEndpoint.Reply;
import org.rollcall.pace.Backoff;
import org.rollcall.pace.Bearer;
import org.rollcall.pace.Http;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Secret;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts' tokens. A refresh token may be worth exactly one refresh, so the account's row is
 * locked from before the refresh until the new pair is committed: of all threads and nodes one
 * refreshes, the others find its result.
 */
public final class Tokens implements Bearer {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final String DOING = "getting an access token";
  private static final int RESCUES = 3;

  private static final String SEED =
      """
      INSERT INTO account_token (account_name, state, refresh_ciphertext, issued_at, expires_at,
        seed_digest, version, updated_at)
      VALUES (?, 'connected', ?, 'epoch', 'epoch', ?, 1, ?)
      ON CONFLICT (account_name) DO NOTHING
      """;

  /** Another refresh token in the settings than last time is a person's decision. */
  private static final String RESEED =
      """
      UPDATE account_token
      SET state = 'connected', access_ciphertext = NULL, refresh_ciphertext = ?,
        issued_at = 'epoch', expires_at = 'epoch', seed_digest = ?,
        failures = 0, retry_at = NULL, version = version + 1, updated_at = ?
      WHERE account_name = ?
      """;

  /** The version keeps a late writer from burying a newer pair. */
  private static final String RENEW =
      """
      UPDATE account_token
      SET state = 'connected', access_ciphertext = ?, refresh_ciphertext = ?,
        issued_at = ?, expires_at = ?, failures = 0, retry_at = NULL, last_error = NULL,
        last_error_at = NULL, version = version + 1, updated_at = ?, scopes = coalesce(?, scopes)
      WHERE account_name = ? AND version = ?
      """;

  /** Connecting by hand makes the settings' refresh token old news, hence its digest is kept. */
  private static final String CONNECT =
      """
      INSERT INTO account_token (account_name, state, access_ciphertext, refresh_ciphertext,
        issued_at, expires_at, seed_digest, version, updated_at, scopes)
      VALUES (?, 'connected', ?, ?, ?, ?, ?, 1, ?, ?)
      ON CONFLICT (account_name) DO UPDATE
      SET state = 'connected', access_ciphertext = excluded.access_ciphertext,
        refresh_ciphertext = excluded.refresh_ciphertext, issued_at = excluded.issued_at,
        expires_at = excluded.expires_at,
        seed_digest = COALESCE(excluded.seed_digest, account_token.seed_digest),
        failures = 0, retry_at = NULL, connected_as = NULL, scopes = excluded.scopes,
        last_error = NULL, last_error_at = NULL, version = account_token.version + 1, updated_at = excluded.updated_at
      """;

  private final Store store;
  private final TokenEndpoint endpoint;
  private final Vault vault;
  private final Errands errands;
  private final Clock clock;
  private final Backoff retries;
  private final Map<String, ReentrantLock> queues = new ConcurrentHashMap<>();

  /**
   * @param retries how long the token endpoint is left alone after it failed
   */
  public Tokens(DataSource hub, Http http, Vault vault, Clock clock, Backoff retries) {
    this.store = new Store(hub);
    this.endpoint = new TokenEndpoint(http);
    this.vault = vault;
    this.errands = new Errands(store, vault, clock);
    this.clock = clock;
    this.retries = retries;
  }

  @Override
  public String accessToken(AccountSettings account) {
    Optional<TokenRow> row = store.transaction(connection -> find(connection, account, ""));
    if (row.isPresent() && row.get().connected() && !reseeded(account, row.get())) {
      if (row.get().fresh(clock.instant())) {
        return access(row.get());
      }
    }
    return renew(account);
  }

  @Override
  public void invalidate(AccountSettings account, String usedToken) {
    store.transaction(
        connection -> {
          Optional<TokenRow> row = find(connection, account, "FOR UPDATE");
          if (row.isPresent() && row.get().access() != null) {
            if (same(access(row.get()), usedToken)) {
              expire(connection, account);
            }
          }
          return true;
        });
  }

  /** Empty when the account was never connected. */
  public Optional<AccountState> state(AccountSettings account) {
    return store.transaction(connection -> state(connection, account.name()));
  }

  /** Replaces whatever was there by what the person has just granted. */
  void connected(AccountSettings account, Reply.Granted granted) {
    Secret refresh = granted.refresh();
    if (refresh == null) {
      throw new ProviderException(
          Verdict.RECONNECT, 0, "connecting", "the provider gave no refresh token; connect again");
    }
    store.transaction(
        connection -> {
          try (PreparedStatement connect = connection.prepareStatement(CONNECT)) {
            Instant now = clock.instant();
            connect.setString(1, account.name());
            connect.setBytes(2, sealAccess(account, granted.access()));
            connect.setBytes(3, sealRefresh(account, refresh));
            connect.setObject(4, utc(now));
            connect.setObject(5, utc(now.plus(granted.lifetime())));
            connect.setString(6, seedDigest(account));
            connect.setObject(7, utc(now));
            connect.setString(8, granted.scopes());
            return connect.executeUpdate();
          }
        });
  }

  void connectedAs(AccountSettings account, String organization) {
    store.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE account_token SET connected_as = ? WHERE account_name = ?")) {
            update.setString(1, organization);
            update.setString(2, account.name());
            return update.executeUpdate();
          }
        });
  }

  Errands errands() {
    return errands;
  }

  TokenEndpoint endpoint() {
    return endpoint;
  }

  /** What came of one look at the locked row; failures are values, or they would roll it back. */
  private sealed interface Step {
    record Token(String access) implements Step {}

    record Failed(ProviderException failure) implements Step {}

    record GrantRefused(long version) implements Step {}
  }

  /** One thread of this node at a time, or a slow refresh would eat the whole connection pool. */
  private String renew(AccountSettings account) {
    ReentrantLock queue = queues.computeIfAbsent(account.name(), name -> new ReentrantLock());
    queue.lock();
    try {
      Secret seed = account.refreshToken();
      if (seed != null) {
        store.transaction(connection -> takeOver(connection, account, seed));
      }
      Step step = stepAndRescue(account, null);
      if (step instanceof Step.GrantRefused refused) {
        // Somebody may have renewed or connected past our lock: only an unchanged row is dead.
        step = stepAndRescue(account, refused.version());
      }
      return result(account, step);
    } finally {
      queue.unlock();
    }
  }

  private String result(AccountSettings account, Step step) {
    if (step instanceof Step.Token token) {
      return token.access();
    }
    throw step instanceof Step.Failed failed ? failed.failure() : reconnect(account);
  }

  private Step stepAndRescue(AccountSettings account, @Nullable Long refusedVersion) {
    AtomicReference<@Nullable Renewal> renewal = new AtomicReference<>();
    try {
      return store.transaction(connection -> step(connection, account, refusedVersion, renewal));
    } catch (StoreException e) {
      Renewal unsaved = renewal.get();
      if (unsaved == null) {
        throw e;
      }
      return rescue(account, unsaved, e);
    }
  }

  private record Renewal(TokenRow row, Reply.Granted granted) {}

  private Step step(
      Connection connection,
      AccountSettings account,
      @Nullable Long refusedVersion,
      AtomicReference<@Nullable Renewal> renewal)
      throws SQLException {
    TokenRow row = find(connection, account, "FOR UPDATE").orElse(null);
    Instant now = clock.instant();
    if (row == null || !row.connected()) {
      return new Step.Failed(reconnect(account));
    }
    if (row.fresh(now)) {
      return new Step.Token(access(row));
    }
    if (refusedVersion != null && row.version() == refusedVersion) {
      giveUp(connection, account);
      return new Step.Failed(reconnect(account));
    }
    if (row.resting(now, retries.cap())) {
      return makeDo(row, "the provider's token endpoint failed and is left alone for a moment");
    }
    Reply reply = endpoint.token(account, grant(row));
    if (reply instanceof Reply.Granted granted) {
      renewal.set(new Renewal(row, granted));
      save(connection, row, granted);
      return new Step.Token(granted.access().reveal());
    }
    return failed(connection, account, row, reply);
  }

  private Step failed(Connection connection, AccountSettings account, TokenRow row, Reply reply)
      throws SQLException {
    if (reply instanceof Reply.Refused refused) {
      if (refused.error().equals("invalid_grant")) {
        return new Step.GrantRefused(row.version());
      }
      rest(connection, row, "the provider refused it with " + refused.error());
      return new Step.Failed(
          new ProviderException(
              Verdict.FORBIDDEN,
              refused.status(),
              DOING,
              "the provider refused it with "
                  + refused.error()
                  + "; check client-id and client-secret of account "
                  + account.name()));
    }
    String why = reply instanceof Reply.Unclear unclear ? unclear.why() : "";
    rest(connection, row, "the provider's token endpoint failed: " + why);
    return makeDo(row, "the provider's token endpoint failed: " + why);
  }

  /** The margin is there so that an outage of the token endpoint need not be one of the hub. */
  private Step makeDo(TokenRow row, String why) {
    return row.usable(clock.instant())
        ? new Step.Token(access(row))
        : new Step.Failed(new ProviderException(Verdict.RETRY, 0, DOING, why));
  }

  /** The provider has renewed, the database would not take it: without this pair all is lost. */
  private Step rescue(AccountSettings account, Renewal unsaved, StoreException trouble) {
    for (int i = 1; i <= RESCUES; i++) {
      try {
        store.transaction(connection -> save(connection, unsaved.row(), unsaved.granted()));
        return new Step.Token(unsaved.granted().access().reveal());
      } catch (StoreException e) {
        trouble.addSuppressed(e);
      }
    }
    LOG.error("The renewed tokens of account {} could not be stored", account.name());
    throw trouble;
  }

  private static Optional<TokenRow> find(
      Connection connection, AccountSettings account, String lock) throws SQLException {
    String sql =
        "SELECT " + TokenRow.COLUMNS + " FROM account_token WHERE account_name = ? " + lock;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, account.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(TokenRow.of(row)) : Optional.empty();
      }
    }
  }

  /**
   * Takes over the settings' refresh token if that is a new one. Committed before it is used: what
   * a renewal brings can only be rescued into a row that is there.
   */
  private int takeOver(Connection connection, AccountSettings account, Secret seed)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SEED)) {
      insert.setString(1, account.name());
      insert.setBytes(2, sealRefresh(account, seed));
      insert.setString(3, seedDigest(account));
      insert.setObject(4, utc(clock.instant()));
      insert.executeUpdate();
    }
    TokenRow row = find(connection, account, "FOR UPDATE").orElseThrow();
    if (!reseeded(account, row)) {
      return 0;
    }
    // With another secret key every digest differs: that is not a new refresh token.
    refresh(row);
    try (PreparedStatement update = connection.prepareStatement(RESEED)) {
      update.setBytes(1, sealRefresh(account, seed));
      update.setString(2, seedDigest(account));
      update.setObject(3, utc(clock.instant()));
      update.setString(4, account.name());
      return update.executeUpdate();
    }
  }

  private int save(Connection connection, TokenRow row, Reply.Granted granted) throws SQLException {
    Instant now = clock.instant();
    Secret refresh = granted.refresh();
    try (PreparedStatement update = connection.prepareStatement(RENEW)) {
      update.setBytes(1, vault.seal(granted.access().reveal(), accessPlace(row.account())));
      update.setBytes(
          2,
          refresh == null
              ? row.refresh()
              : vault.seal(refresh.reveal(), refreshPlace(row.account())));
      update.setObject(3, utc(now));
      update.setObject(4, utc(now.plus(granted.lifetime())));
      update.setObject(5, utc(now));
      update.setString(6, granted.scopes());
      update.setString(7, row.account());
      update.setLong(8, row.version());
      return update.executeUpdate();
    }
  }

  private void rest(Connection connection, TokenRow row, String why) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE account_token SET failures = ?, retry_at = ?, last_error = ?, last_error_at = ?"
                + " WHERE account_name = ?")) {
      int failures = row.failures() + 1;
      update.setInt(1, failures);
      update.setObject(2, utc(clock.instant().plus(retries.after(failures))));
      update.setString(3, why);
      update.setObject(4, utc(clock.instant()));
      update.setString(5, row.account());
      update.executeUpdate();
    }
  }

  private void giveUp(Connection connection, AccountSettings account) throws SQLException {
    LOG.error(
        "Account {} has to be connected again: rollcall connect {}",
        account.name(),
        account.name());
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE account_token SET state = 'reconnect', updated_at = ?, last_error ="
                + " 'the provider does not accept the refresh token any more', last_error_at = ?"
                + " WHERE account_name = ?")) {
      update.setObject(1, utc(clock.instant()));
      update.setObject(2, utc(clock.instant()));
      update.setString(3, account.name());
      update.executeUpdate();
    }
  }

  private static void expire(Connection connection, AccountSettings account) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE account_token SET expires_at = 'epoch' WHERE account_name = ?")) {
      update.setString(1, account.name());
      update.executeUpdate();
    }
  }

  private static Optional<AccountState> state(Connection connection, String account)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT state, expires_at, connected_as, updated_at, scopes, last_error, last_error_at"
                + " FROM account_token"
                + " WHERE account_name = ?")) {
      select.setString(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new AccountState(
                    account,
                    row.getString("state").equals("connected"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getString("connected_as"),
                    row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                    row.getString("scopes"),
                    row.getString("last_error"),
                    Query.instant(row, "last_error_at")))
            : Optional.empty();
      }
    }
  }

  private Map<String, String> grant(TokenRow row) {
    return Map.of("grant_type", "refresh_token", "refresh_token", refresh(row));
  }

  private boolean reseeded(AccountSettings account, TokenRow row) {
    String digest = seedDigest(account);
    return digest != null && !digest.equals(row.seedDigest());
  }

  private @Nullable String seedDigest(AccountSettings account) {
    Secret seed = account.refreshToken();
    return seed == null ? null : vault.digest(account.name() + "\n" + seed.reveal());
  }

  private String access(TokenRow row) {
    byte[] sealed = row.access();
    if (sealed == null) {
      throw new IllegalArgumentException("no access token yet");
    }
    return vault.open(sealed, accessPlace(row.account())).orElseThrow(() -> wrongKey(row));
  }

  private String refresh(TokenRow row) {
    return vault.open(row.refresh(), refreshPlace(row.account())).orElseThrow(() -> wrongKey(row));
  }

  private byte[] sealAccess(AccountSettings account, Secret token) {
    return vault.seal(token.reveal(), accessPlace(account.name()));
  }

  private byte[] sealRefresh(AccountSettings account, Secret token) {
    return vault.seal(token.reveal(), refreshPlace(account.name()));
  }

  private static String accessPlace(String account) {
    return account + "/access_ciphertext";
  }

  private static String refreshPlace(String account) {
    return account + "/refresh_ciphertext";
  }

  private static ProviderException wrongKey(TokenRow row) {
    return new ProviderException(
        Verdict.RECONNECT,
        0,
        DOING,
        "the tokens of account "
            + row.account()
            + " were encrypted with another secret key; put back the old rollcall.secret-key (or"
            + " data/secret.key), or run rollcall connect "
            + row.account());
  }

  private static ProviderException reconnect(AccountSettings account) {
    return new ProviderException(
        Verdict.RECONNECT,
        0,
        DOING,
        "account "
            + account.name()
            + " is not connected (any more); run rollcall connect "
            + account.name());
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
