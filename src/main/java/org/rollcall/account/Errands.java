package org.rollcall.account;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.rollcall.settings.AccountSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Errands that began on a page, until somebody comes back: once, within ten minutes, in the session
 * in which they began. They lie in the database, for the browser may come back to another node.
 */
final class Errands {
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Store store;
  private final Vault vault;
  private final Clock clock;

  Errands(Store store, Vault vault, Clock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  void begin(AccountSettings account, String session, Errand errand) {
    store.run(
        connection -> {
          Query.of(connection, "DELETE FROM account_connecting WHERE until < :now")
              .bind("now", clock.instant())
              .update();
          Query.of(
                  connection,
                  "INSERT INTO account_connecting"
                      + " (state_hash, account_name, session_hash, verifier, redirect, until)"
                      + " VALUES (:state, :account, :session, :verifier, :redirect, :until)")
              .bind("state", Errand.sha256(errand.state()))
              .bind("account", account.name())
              .bind("session", Errand.sha256(session))
              .bind("verifier", vault.seal(errand.verifier(), place(account)))
              .bind("redirect", errand.redirect())
              .bind("until", clock.instant().plus(PATIENCE))
              .update();
        });
  }

  /** The errand that somebody comes back from; it is over then, whoever asks. */
  Optional<Errand> end(AccountSettings account, String session, String state) {
    return store
        .<Optional<Kept>>transaction(
            connection ->
                Query.of(
                        connection,
                        "DELETE FROM account_connecting WHERE state_hash = :state"
                            + " AND account_name = :account AND session_hash = :session"
                            + " RETURNING verifier, redirect, until >= :now")
                    .bind("state", Errand.sha256(state))
                    .bind("account", account.name())
                    .bind("session", Errand.sha256(session))
                    .bind("now", clock.instant())
                    .first(row -> new Kept(row.getBytes(1), row.getString(2), row.getBoolean(3))))
        .filter(Kept::inTime)
        .flatMap(
            kept ->
                vault
                    .open(kept.verifier(), place(account))
                    .map(verifier -> new Errand(state, verifier, kept.redirect())));
  }

  private record Kept(byte[] verifier, String redirect, boolean inTime) {}

  private static String place(AccountSettings account) {
    return account.name() + "/connecting";
  }
}
