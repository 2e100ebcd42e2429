package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token host: authorization code with and without PKCE, device flow, refresh. */
final class OAuth {
  static final String BASE = "/oauth2/default/v1";
  private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Answer INVALID_GRANT =
      Answer.oauth(400, "invalid_grant", "The refresh token is invalid or expired.");

  private final Clients clients;
  private final Grants grants;
  private final Consents consents;
  private final RequestLimits limits;
  private final Faults faults;
  private final Function<String, @Nullable Account> accounts;
  private final boolean approveAtOnce;
  private final String origin;

  OAuth(
      Clients clients,
      Grants grants,
      Consents consents,
      RequestLimits limits,
      Faults faults,
      Function<String, @Nullable Account> accounts,
      boolean approveAtOnce,
      String origin) {
    this.clients = clients;
    this.grants = grants;
    this.consents = consents;
    this.limits = limits;
    this.faults = faults;
    this.accounts = accounts;
    this.approveAtOnce = approveAtOnce;
    this.origin = origin;
  }

  /** The caller takes care of the faults that shape an answer. */
  Answer answer(Call call) throws InterruptedException {
    call.fault = faults.take(call.method, call.path);
    if (call.fault != null) {
      Answer instead = Trouble.before(call, call.fault);
      if (instead != null) {
        return instead;
      }
    }
    String operation = call.method + " " + call.path.substring(BASE.length());
    return switch (operation) {
      case "GET /authorize" -> authorize(call);
      case "POST /authorize" -> decided(call);
      case "POST /token" -> token(call);
      case "POST /device/authorize" -> device(call);
      case "GET /activate" -> Answer.html(200, ConsentPage.device(call.parameter("user_code")));
      case "POST /activate" -> activate(call);
      case "GET /keys" -> Answer.json(200, grants.keySet());
      default -> Answer.json(404, Json.object("errorCode", "E0000022", "errorSummary", "Unknown"));
    };
  }

  // authorization code

  private Answer authorize(Call call) {
    Map<String, String> asked = single(call.query);
    Answer refused = refuse(asked);
    if (refused != null) {
      return refused;
    }
    if (approveAtOnce || "1".equals(asked.get("auto"))) {
      return approve(asked);
    }
    return Answer.html(200, ConsentPage.code(asked));
  }

  private Answer decided(Call call) {
    Map<String, String> asked = form(call);
    Answer refused = refuse(asked);
    if (refused != null) {
      return refused;
    }
    return "approve".equals(asked.get("decision"))
        ? approve(asked)
        : back(asked, "error", "access_denied");
  }

  /** Before the client and its address are known to be good, nobody is redirected. */
  private @Nullable Answer refuse(Map<String, String> asked) {
    Clients.Client client = clients.find(asked.get("client_id"));
    String redirectUri = asked.get("redirect_uri");
    if (client == null) {
      return Answer.html(400, ConsentPage.error("The client_id is not known here."));
    }
    if (redirectUri == null || !client.mayRedirectTo(redirectUri)) {
      return Answer.html(400, ConsentPage.error("The redirect_uri is not a registered one."));
    }
    if (asked.getOrDefault("state", "").isEmpty()) {
      return back(asked, "error", "invalid_request");
    }
    if (!"code".equals(asked.get("response_type"))) {
      return back(asked, "error", "unsupported_response_type");
    }
    if (Consents.scopes(asked.get("scope")).isEmpty()) {
      return back(asked, "error", "invalid_scope");
    }
    String method = asked.get("code_challenge_method");
    boolean challenge = asked.containsKey("code_challenge");
    return challenge && !"S256".equals(method) ? back(asked, "error", "invalid_request") : null;
  }

  private Answer approve(Map<String, String> asked) {
    Account account = accounts.apply(asked.getOrDefault("account", "main"));
    if (account == null) {
      return Answer.html(400, ConsentPage.error("There is no such account."));
    }
    return back(asked, "code", consents.code(asked, account));
  }

  private static Answer back(Map<String, String> asked, String name, String value) {
    String uri = asked.getOrDefault("redirect_uri", "");
    String separator = uri.contains("?") ? "&" : "?";
    String state = asked.getOrDefault("state", "");
    return Answer.redirect(
        uri + separator + name + "=" + encode(value) + "&state=" + encode(state));
  }

  // tokens

  private Answer token(Call call) {
    Map<String, String> form = form(call);
    String basic = call.header("authorization");
    String[] credentials = basic(basic);
    String clientId = credentials.length == 2 ? credentials[0] : form.get("client_id");
    Clients.Client client = clients.find(clientId);
    call.clientId = clientId;
    if (client == null || credentials.length == 2 && !client.secret().equals(credentials[1])) {
      return Answer.oauth(401, "invalid_client", "Invalid value for 'client_id' or its secret.");
    }
    if (!limits.admitToken(client.id())) {
      return Answer.oauth(429, "too_many_requests", "Too Many Requests");
    }
    boolean authenticated = credentials.length == 2;
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" -> redeem(form, client, authenticated);
      case "refresh_token" -> refresh(form, client, authenticated);
      case DEVICE_GRANT -> poll(form, client);
      case "client_credentials" ->
          Answer.oauth(400, "unauthorized_client", "The client is not authorized for this flow.");
      default -> Answer.oauth(400, "unsupported_grant_type", "The grant type is not supported.");
    };
  }

  private Answer redeem(Map<String, String> form, Clients.Client client, boolean authenticated) {
    Consents.Code code = consents.redeem(form.getOrDefault("code", ""));
    boolean good =
        code != null
            && code.clientId().equals(client.id())
            && code.redirectUri().equals(form.get("redirect_uri"));
    if (code == null || !good) {
      return Answer.oauth(
          400, "invalid_grant", "The authorization code is invalid or has expired.");
    }
    if (code.challenge() == null && !authenticated) {
      return Answer.oauth(401, "invalid_client", "Client authentication failed.");
    }
    if (code.challenge() != null && !code.challenge().equals(challenge(form))) {
      return Answer.oauth(400, "invalid_grant", "PKCE verification failed.");
    }
    Grant grant = grants.grant(code.account(), client.id(), code.scopes(), authenticated);
    return Answer.json(200, grants.issue(grant));
  }

  private Answer refresh(Map<String, String> form, Clients.Client client, boolean authenticated) {
    String token = form.getOrDefault("refresh_token", "");
    Grant grant = grants.refreshable(token);
    if (grant == null || !grant.clientId.equals(client.id())) {
      return INVALID_GRANT;
    }
    if (grant.confidential && !authenticated) {
      return Answer.oauth(401, "invalid_client", "Client authentication failed.");
    }
    ObjectNode pair = grants.refresh(grant, token);
    return pair == null ? INVALID_GRANT : Answer.json(200, pair);
  }

  // device

  private Answer device(Call call) {
    Map<String, String> form = form(call);
    call.clientId = form.get("client_id");
    if (clients.find(form.get("client_id")) == null) {
      return Answer.oauth(401, "invalid_client", "Invalid value for 'client_id' parameter.");
    }
    Consents.Device device = consents.device(form);
    String activate = origin + BASE + "/activate";
    ObjectNode answer = Json.object();
    answer.put("device_code", device.deviceCode).put("user_code", device.userCode);
    answer.put("verification_uri", activate);
    answer.put("verification_uri_complete", activate + "?user_code=" + device.userCode);
    answer.put("expires_in", Consents.DEVICE_LIFE.toSeconds()).put("interval", Consents.INTERVAL);
    return Answer.json(200, answer);
  }

  private Answer activate(Call call) {
    Map<String, String> form = form(call);
    Account account = accounts.apply(form.getOrDefault("account", "main"));
    boolean approved = "approve".equals(form.get("decision"));
    boolean known =
        account != null && consents.decide(form.getOrDefault("user_code", ""), account, approved);
    return known
        ? Answer.html(200, ConsentPage.done(approved))
        : Answer.html(400, ConsentPage.error("This code is not known or has expired."));
  }

  private Answer poll(Map<String, String> form, Clients.Client client) {
    Consents.Poll poll = consents.poll(form.getOrDefault("device_code", ""), client.id());
    if (poll.approved() == null) {
      return Answer.oauth(400, poll.error(), "The device is not authorized: " + poll.error());
    }
    Consents.Device device = poll.approved();
    Account account = device.account;
    if (account == null) {
      return INVALID_GRANT;
    }
    return Answer.json(200, grants.issue(grants.grant(account, client.id(), device.scopes, false)));
  }

  // forms

  /** The provider takes the parameters in the query and in the body. */
  private static Map<String, String> form(Call call) {
    Map<String, String> values = single(call.query);
    values.putAll(single(Call.parse(new String(call.body, StandardCharsets.UTF_8).strip())));
    return values;
  }

  private static Map<String, String> single(Map<String, List<String>> values) {
    Map<String, String> single = new LinkedHashMap<>();
    values.forEach((name, all) -> single.put(name, all.get(0)));
    return single;
  }

  private static String[] basic(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return new String[0];
    }
    try {
      byte[] plain = Base64.getDecoder().decode(header.substring(6).strip());
      String[] parts = new String(plain, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2 ? parts : new String[] {"", ""};
    } catch (IllegalArgumentException e) {
      return new String[] {"", ""};
    }
  }

  private static @Nullable String challenge(Map<String, String> form) {
    String verifier = form.get("code_verifier");
    if (verifier == null) {
      return null;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
