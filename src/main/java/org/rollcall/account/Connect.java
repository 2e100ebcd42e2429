package org.rollcall.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.TokenEndpoint.Reply;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Call;
import org.rollcall.pace.Calls;
import org.rollcall.pace.NoAnswer;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.pace.Sleeper;
import org.rollcall.settings.AccountSettings;

/** How a person lets the hub into a provider account, once, with a browser. */
public final class Connect {
  private static final String DOING = "connecting";

  /** What Rollcall needs to be let do. */
  public static final List<String> SCOPES =
      List.of("contact_data", "campaign_data", "account_read", "offline_access");

  private static final Call SUMMARY = Call.get("reading the account's name", "/account/summary");

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Calls calls;
  private final Clock clock;
  private final Sleeper sleeper;

  public Connect(Tokens tokens, Calls calls, Clock clock, Sleeper sleeper) {
    this.tokens = tokens;
    this.calls = calls;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * Authorization code flow with PKCE: waits up to five minutes for the browser to come back to
   * {@code http://localhost:PORT/callback}, which must be registered at the provider exactly so.
   *
   * @param tell gets what the person has to read: the address to open
   * @return the organization that was connected, when the provider tells
   */
  public Optional<String> browser(AccountSettings account, int port, Consumer<String> tell) {
    return browser(account, port, tell, PATIENCE);
  }

  Optional<String> browser(
      AccountSettings account, int port, Consumer<String> tell, Duration patience) {
    String state = Errand.random();
    try (Callback callback = Callback.listen(port, state)) {
      Errand errand = new Errand(state, Errand.random(), callback.uri());
      tell.accept("Open this address in a browser: " + errand.address(account));
      return redeem(account, errand, callback.code(patience));
    } catch (IOException e) {
      throw failed("port " + port + " of this machine is in use; choose another one");
    }
  }

  /**
   * Begins the same flow on a page of ours: the person goes to the address that is given, and comes
   * back to the redirect address within ten minutes.
   *
   * @param session nobody else may come back
   * @param redirect must be registered at the provider exactly so
   */
  public URI begin(AccountSettings account, String session, String redirect) {
    Errand errand = Errand.to(redirect);
    tokens.errands().begin(account, session, errand);
    return errand.address(account);
  }

  /**
   * Ends what {@link #begin} began; once only.
   *
   * @param code absent when the provider did not grant it
   * @return the organization that was connected, when the provider tells
   * @throws ProviderException when nobody has been sent with this state, or the provider refuses
   */
  public Optional<String> comeBack(
      AccountSettings account, String session, String state, @Nullable String code) {
    Errand errand =
        tokens
            .errands()
            .end(account, session, state)
            .orElseThrow(
                () -> failed("this answer was not asked for, is used up, or came too late"));
    if (code == null) {
      throw failed("the provider did not grant it");
    }
    return redeem(account, errand, code);
  }

  private Optional<String> redeem(AccountSettings account, Errand errand, String code) {
    return finish(account, tokens.endpoint().token(account, errand.redeem(code)));
  }

  /**
   * Device flow: the person opens the address on any machine and types the code.
   *
   * @param tell gets what the person has to read: the address and the code
   * @return the organization that was connected, when the provider tells
   */
  public Optional<String> device(AccountSettings account, Consumer<String> tell) {
    JsonNode device = authorizeDevice(account);
    tell.accept(instruction(device));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    form.put("device_code", device.path("device_code").asText());
    Duration interval = Duration.ofSeconds(Math.max(1, device.path("interval").asLong(5)));
    Instant end = clock.instant().plusSeconds(device.path("expires_in").asLong(600));
    while (clock.instant().isBefore(end)) {
      sleep(interval);
      Reply reply = tokens.endpoint().token(account, form);
      if (reply instanceof Reply.Unclear || says(reply, "slow_down")) {
        interval = interval.plusSeconds(5);
      } else if (!says(reply, "authorization_pending")) {
        return finish(account, reply);
      }
    }
    throw failed("nobody typed the code in time");
  }

  private Optional<String> finish(AccountSettings account, Reply reply) {
    if (reply instanceof Reply.Granted granted) {
      tokens.connected(account, granted);
      Optional<String> organization = organization(account);
      organization.ifPresent(name -> tokens.connectedAs(account, name));
      return organization;
    }
    throw failed(
        reply instanceof Reply.Refused refused
            ? "the provider refused it with " + refused.error()
            : "the provider's token endpoint failed");
  }

  /**
   * Asks the provider for something, so that a token it takes no longer is found before the first
   * run. The day's quota and what the account may not tell say nothing about that.
   *
   * @throws ProviderException when somebody has to connect the account, or the provider cannot be
   *     reached at the address of the settings
   */
  public void prove(AccountSettings account) {
    try {
      calls.execute(account, SUMMARY);
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.QUOTA_SPENT && e.verdict() != Verdict.REFUSED) {
        throw e;
      }
    }
  }

  /** A courtesy: an account that may not tell its name is connected all the same. */
  private Optional<String> organization(AccountSettings account) {
    try {
      JsonNode answer = TokenEndpoint.json(calls.execute(account, SUMMARY));
      return Optional.of(printable(answer.path("organization_name").asText()))
          .filter(name -> !name.isBlank());
    } catch (ProviderException e) {
      return Optional.empty();
    }
  }

  private JsonNode authorizeDevice(AccountSettings account) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", account.clientId());
    form.put("response_type", "code");
    form.put("scope", String.join(" ", SCOPES));
    form.put("state", Errand.random());
    try {
      Answer answer = tokens.endpoint().device(account, form);
      JsonNode device = TokenEndpoint.json(answer);
      if (answer.status() == 200 && device.path("device_code").isTextual()) {
        return device;
      }
      throw failed("the provider gave no device code (status " + answer.status() + ")");
    } catch (NoAnswer e) {
      throw failed("the provider: " + e.getMessage());
    }
  }

  private static String instruction(JsonNode device) {
    String address =
        device.path("verification_uri_complete").asText(device.path("verification_uri").asText());
    return "Open this address in a browser: "
        + printable(address)
        + " and confirm the code "
        + printable(device.path("user_code").asText());
  }

  private void sleep(Duration duration) {
    try {
      sleeper.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static boolean says(Reply reply, String error) {
    return reply instanceof Reply.Refused refused && refused.error().equals(error);
  }

  /** What others wrote must not steer the terminal that shows it. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "");
  }

  static ProviderException failed(String why) {
    return new ProviderException(Verdict.RECONNECT, 0, DOING, why);
  }
}
