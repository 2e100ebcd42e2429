package org.rollcall.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.OidcSettings;
import org.rollcall.store.Store;
import org.rollcall.user.Role;
import org.rollcall.user.Token;
import org.rollcall.user.User;
import org.rollcall.user.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in through an OpenID provider: the authorization code flow with PKCE, state and nonce
 * (OpenID Connect Core 1.0, RFC 7636, RFC 9207, and RFC 9700 for what can go wrong).
 */
public final class Oidc {
  private static final Logger LOG = LoggerFactory.getLogger(Oidc.class);
  private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

  private final OidcSettings settings;
  private final URI back;
  private final Users users;
  private final Departures departures;
  private final Clock clock;
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

  private record Known(Provider provider, Instant since) {}

  /**
   * @param back the address on this server at which people come back
   */
  public Oidc(OidcSettings settings, URI back, Users users, Store store, Clock clock) {
    this.settings = settings;
    this.back = back;
    this.users = users;
    this.departures = new Departures(store, clock);
    this.clock = clock;
  }

  /**
   * Where the browser is to go.
   *
   * @param browser what it keeps meanwhile and brings back
   */
  public record Leave(URI to, String browser) {}

  /** How a return went. */
  public sealed interface Return {
    /**
     * @param path where the person wanted to go
     */
    record Welcome(User user, String path) implements Return {}

    /** In words for the person; the log has the cause. */
    record Refused(String what, String remedy) implements Return {}
  }

  /**
   * @return empty when the provider does not answer
   */
  public Optional<Leave> leave(String path) {
    State state = new State(32);
    Nonce nonce = new Nonce(32);
    CodeVerifier verifier = new CodeVerifier();
    String browser = Token.fresh();
    try {
      Provider provider = provider();
      if (!departures.note(state, browser, new Departures.Departure(nonce, verifier, path))) {
        LOG.warn("too many people are on their way to the OpenID provider; wait ten minutes");
        return Optional.empty();
      }
      Scope scope = new Scope(settings.scopes().toArray(String[]::new));
      scope.add("openid");
      URI to =
          new AuthenticationRequest.Builder(
                  new ResponseType(ResponseType.Value.CODE), scope, provider.client(), back)
              .endpointURI(provider.metadata().getAuthorizationEndpointURI())
              .state(state)
              .nonce(nonce)
              .codeChallenge(verifier, CodeChallengeMethod.S256)
              .build()
              .toURI();
      return Optional.of(new Leave(to, browser));
    } catch (IOException | GeneralException e) {
      LOG.warn("the OpenID provider {} cannot be asked: {}", settings.issuer(), e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Somebody comes back.
   *
   * @param query as the provider has put it together, or somebody else
   * @param browser what {@link Leave} gave it; empty when it has nothing
   */
  public Return back(Map<String, List<String>> query, String browser) {
    try {
      AuthenticationResponse response = AuthenticationResponseParser.parse(back, query);
      State state = response.getState();
      boolean twice = query.values().stream().anyMatch(values -> values.size() > 1);
      Optional<Departures.Departure> departure =
          state == null || twice ? Optional.empty() : departures.take(state, browser);
      if (departure.isEmpty()) {
        return new Return.Refused(
            "This sign-in was not begun here, or took too long", "Begin it again.");
      }
      Provider provider = provider();
      if (ofAnother(provider, response.getIssuer())) {
        LOG.warn("an answer came in the name of another OpenID provider");
        return refused();
      }
      if (!response.indicatesSuccess()) {
        LOG.warn(
            "the OpenID provider refused a sign-in: {}",
            response.toErrorResponse().getErrorObject().getCode());
        return refused();
      }
      return enter(provider, response, departure.get());
    } catch (GeneralException | BadJOSEException | JOSEException | RefusedException e) {
      LOG.warn("a sign-in through the OpenID provider was refused: {}", e.getMessage());
      return refused();
    } catch (IOException e) {
      LOG.warn("the OpenID provider {} cannot be asked: {}", settings.issuer(), e.getMessage());
      return new Return.Refused(
          "The OpenID provider does not answer", "Try again in some minutes.");
    }
  }

  private Return enter(
      Provider provider, AuthenticationResponse response, Departures.Departure departure)
      throws IOException, GeneralException, BadJOSEException, JOSEException, RefusedException {
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new RefusedException("no code");
    }
    AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, back, departure.verifier());
    IDTokenClaimsSet claims = provider.checked(provider.redeem(grant), departure.nonce());
    String issuer = claims.getIssuer().getValue();
    String subject = claims.getSubject().getValue();
    Optional<Role> role = Claims.role(settings, claims);
    if (role.isEmpty()) {
      users.notVouchedFor(issuer, subject);
      return new Return.Refused(
          "You have no role in Rollcall",
          "Ask whoever runs the sign-in of your organization for one of the roles that Rollcall"
              + " knows.");
    }
    return users
        .vouchedFor(issuer, subject, Claims.name(settings, claims), role.get())
        .<Return>map(user -> new Return.Welcome(user, departure.path()))
        .orElseGet(
            () -> new Return.Refused("You may not sign in any more", "Ask an administrator."));
  }

  /** RFC 9207: whoever says who it is has to be the one that was asked. */
  private static boolean ofAnother(Provider provider, @Nullable Issuer issuer) {
    return issuer == null
        ? provider.metadata().supportsAuthorizationResponseIssuerParam()
        : !issuer.equals(provider.metadata().getIssuer());
  }

  private static Return refused() {
    return new Return.Refused(
        "The OpenID provider's answer cannot be accepted",
        "Try again. When it stays so, the log tells the cause.");
  }

  private Provider provider() throws IOException, GeneralException {
    Known now = known.get();
    if (now == null || now.since().plus(KNOWN_FOR).isBefore(clock.instant())) {
      now = new Known(Provider.discover(settings), clock.instant());
      known.set(now);
    }
    return now.provider();
  }
}
