package org.rollcall.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.user.Token;

/** Who left for the provider and has not come back; every node knows them. */
final class Departures {
  static final Duration GOOD = Duration.ofMinutes(10);

  /** More than people would ever begin in ten minutes; somebody is filling our tables. */
  private static final int MOST = 10_000;

  private final Store store;
  private final Clock clock;

  Departures(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * One sign-in under way.
   *
   * @param path where the person wanted to go
   */
  record Departure(Nonce nonce, CodeVerifier verifier, String path) {}

  /**
   * @return false when there are too many
   */
  boolean note(State state, String browser, Departure departure) {
    return store.transaction(
        connection -> {
          Query.of(connection, "DELETE FROM oidc_attempt WHERE until < :now")
              .bind("now", clock.instant())
              .update();
          return Query.of(
                      connection,
                      "INSERT INTO oidc_attempt (state, browser, nonce, verifier, path, until)"
                          + " SELECT :state, :browser, :nonce, :verifier, :path,"
                          + " :until::timestamptz"
                          + " WHERE (SELECT count(*) FROM oidc_attempt) < :most")
                  .bind("state", Token.hash(state.getValue()))
                  .bind("browser", Token.hash(browser))
                  .bind("nonce", departure.nonce().getValue())
                  .bind("verifier", departure.verifier().getValue())
                  .bind("path", departure.path())
                  .bind("until", clock.instant().plus(GOOD))
                  .bind("most", MOST)
                  .update()
              > 0;
        });
  }

  /** What was noted, once, for the browser it was noted for. */
  Optional<Departure> take(State state, String browser) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "DELETE FROM oidc_attempt WHERE state = :state AND browser = :browser"
                        + " AND until > :now RETURNING nonce, verifier, path")
                .bind("state", Token.hash(state.getValue()))
                .bind("browser", Token.hash(browser))
                .bind("now", clock.instant())
                .first(
                    row ->
                        new Departure(
                            new Nonce(row.getString(1)),
                            new CodeVerifier(row.getString(2)),
                            row.getString(3))));
  }
}
