package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SandboxOAuthTest extends SandboxTest {
  private static final String HERE = "http://127.0.0.1:9999/callback";
  private static final String SCOPES = "contact_data offline_access";

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.authUrl() + path));
  }

  private HttpRequest.Builder withSecret(String path) {
    byte[] pair = "sandbox-client:sandbox-secret".getBytes(StandardCharsets.UTF_8);
    return at(path).header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private SandboxClient.Reply token(String form) {
    return client.send(
        withSecret("/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private SandboxClient.Reply refresh(String refreshToken) {
    return token("grant_type=refresh_token&refresh_token=" + refreshToken);
  }

  private SandboxClient.Reply authorize(String scope, String more) {
    return client.send(
        at("/authorize?client_id=sandbox-client&response_type=code&state=s-1&auto=1&redirect_uri="
                + encode(HERE)
                + "&scope="
                + encode(scope)
                + more)
            .GET());
  }

  private String code(String scope, String more) {
    String location = authorize(scope, more).raw().headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(HERE + "?code=").endsWith("&state=s-1");
    return location.substring(location.indexOf("code=") + 5, location.indexOf("&state"));
  }

  private static String redeem(String code) {
    return "grant_type=authorization_code&code=" + code + "&redirect_uri=" + encode(HERE);
  }

  @Test
  void without_a_living_bearer_token_every_call_is_unauthorized() {
    client.token = "unknown";
    SandboxClient.Reply reply = client.get("/contacts");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("error_key").asText()).isEqualTo("unauthorized");
    client.token = control.issueAccessToken();
    assertThat(client.get("/contacts").status()).isEqualTo(200);
    control.advanceClock(Duration.ofDays(1));
    assertThat(client.get("/contacts").status()).isEqualTo(401);
    HttpRequest.Builder bare = HttpRequest.newBuilder(URI.create(sandbox.apiUrl() + "/contacts"));
    assertThat(client.send(bare.GET()).status()).isEqualTo(401);
  }

  @Test
  void access_tokens_are_jwts_with_the_known_claims() throws Exception {
    JsonNode pair = refresh(sandbox.issueRefreshToken()).json();
    String[] parts = pair.path("access_token").asText().split("\\.");
    assertThat(parts).hasSize(3);
    JsonNode claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("aud").asText()).isEqualTo("https://api.cc.email/v3");
    assertThat(claims.path("cid").asText()).isEqualTo("sandbox-client");
    assertThat(claims.path("scp")).anyMatch(scope -> scope.asText().equals("contact_data"));
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(86_400);
    assertThat(pair.path("expires_in").isNumber()).isTrue();
    assertThat(pair.path("token_type").asText()).isEqualTo("Bearer");
  }

  @Test
  void a_code_gives_tokens_once_with_parameters_in_body_or_query() {
    SandboxClient.Reply pair = token(redeem(code(SCOPES, "")));
    assertThat(pair.status()).isEqualTo(200);
    assertThat(pair.json().path("refresh_token").asText()).hasSize(43);
    String code = code(SCOPES, "");
    HttpRequest.Builder query = withSecret("/token?" + redeem(code)).POST(BodyPublishers.noBody());
    assertThat(client.send(query).status()).isEqualTo(200);
    SandboxClient.Reply again = token(redeem(code));
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().path("error").asText()).isEqualTo("invalid_grant");
  }

  @Test
  void a_code_dies_after_300_seconds() {
    String code = code(SCOPES, "");
    control.advanceClock(Duration.ofMinutes(5));
    assertThat(token(redeem(code)).status()).isEqualTo(400);
  }

  @Test
  void a_code_needs_its_own_redirect_address_and_the_secret() {
    String other = redeem(code(SCOPES, "")).replace("callback", "elsewhere");
    assertThat(token(other).status()).isEqualTo(400);
    HttpRequest.Builder open =
        at("/token?client_id=sandbox-client&" + redeem(code(SCOPES, "")))
            .POST(BodyPublishers.noBody());
    assertThat(client.send(open).status()).isEqualTo(401);
  }

  @Test
  void nobody_is_sent_to_an_address_that_is_not_registered() {
    SandboxClient.Reply reply =
        client.send(
            at("/authorize?client_id=sandbox-client&response_type=code&state=s&auto=1&scope=x"
                    + "&redirect_uri="
                    + encode("https://evil.example/"))
                .GET());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.raw().headers().firstValue("Location")).isEmpty();
  }

  @Test
  void the_consent_page_asks_and_escapes_what_it_was_given() {
    SandboxClient.Reply page =
        client.send(
            at("/authorize?client_id=sandbox-client&response_type=code&state="
                    + encode("\"><script>")
                    + "&scope=contact_data&redirect_uri="
                    + encode(HERE))
                .GET());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Allow access?").doesNotContain("<script>");
  }

  @Test
  void a_missing_state_is_an_error() {
    SandboxClient.Reply reply =
        client.send(
            at("/authorize?client_id=sandbox-client&response_type=code&auto=1&scope=contact_data"
                    + "&redirect_uri="
                    + encode(HERE))
                .GET());
    assertThat(reply.raw().headers().firstValue("Location").orElseThrow())
        .contains("error=invalid_request");
  }

  @Test
  void without_offline_access_there_is_no_refresh_token() {
    assertThat(token(redeem(code("contact_data", ""))).json().has("refresh_token")).isFalse();
  }

  @Test
  void a_code_challenge_replaces_the_secret() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest("verifier".getBytes(StandardCharsets.US_ASCII));
    String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    String more = "&code_challenge_method=S256&code_challenge=" + challenge;
    String open = "/token?client_id=sandbox-client&code_verifier=";
    HttpRequest.Builder wrong = at(open + "other&" + redeem(code(SCOPES, more)));
    assertThat(client.send(wrong.POST(BodyPublishers.noBody())).status()).isEqualTo(400);
    HttpRequest.Builder right = at(open + "verifier&" + redeem(code(SCOPES, more)));
    SandboxClient.Reply pair = client.send(right.POST(BodyPublishers.noBody()));
    assertThat(pair.status()).isEqualTo(200);
    String refresh = pair.json().path("refresh_token").asText();
    HttpRequest.Builder again =
        at("/token?client_id=sandbox-client&grant_type=refresh_token&refresh_token=" + refresh);
    assertThat(client.send(again.POST(BodyPublishers.noBody())).status()).isEqualTo(200);
  }

  @Test
  void a_refresh_kills_all_earlier_refresh_tokens_but_no_access_token() {
    String first = sandbox.issueRefreshToken();
    JsonNode second = refresh(first).json();
    assertThat(second.path("refresh_token").asText()).isNotEqualTo(first);
    SandboxClient.Reply reuse = refresh(first);
    assertThat(reuse.status()).isEqualTo(400);
    assertThat(reuse.json().path("error").asText()).isEqualTo("invalid_grant");
    JsonNode third = refresh(second.path("refresh_token").asText()).json();
    client.token = second.path("access_token").asText();
    assertThat(client.get("/contacts").status()).isEqualTo(200);
    assertThat(control.livingRefreshTokens()).containsExactly(third.path("refresh_token").asText());
  }

  @Test
  void a_long_lived_refresh_token_stays_the_same() {
    control.options(
        control
            .options()
            .withTokens(
                new SandboxOptions.Tokens(Duration.ofDays(1), false, true, Duration.ofDays(180))));
    String token = sandbox.issueRefreshToken();
    JsonNode answer = refresh(token).json();
    assertThat(answer.path("refresh_token").asText()).isEqualTo(token);
    assertThat(answer.path("expires_in").isTextual()).isTrue();
    assertThat(refresh(token).status()).isEqualTo(200);
  }

  @Test
  void a_refresh_token_dies_after_180_idle_days() {
    String token = sandbox.issueRefreshToken();
    control.advanceClock(Duration.ofDays(179));
    String next = refresh(token).json().path("refresh_token").asText();
    control.advanceClock(Duration.ofDays(180));
    assertThat(refresh(next).status()).isEqualTo(400);
  }

  @Test
  void a_lost_answer_leaves_the_client_with_a_dead_token() {
    String token = sandbox.issueRefreshToken();
    control.addFault(Fault.of("POST", "/oauth2/*/token", Fault.Effect.RESET_AFTER));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> refresh(token))
        .isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(refresh(token).status()).isEqualTo(400);
    assertThat(control.livingRefreshTokens()).hasSize(1).doesNotContain(token);
  }

  @Test
  void the_token_endpoint_has_a_limit_of_its_own() {
    control.addFault(Fault.status("POST", "/oauth2/*/token", 429));
    String token = sandbox.issueRefreshToken();
    assertThat(refresh(token).status()).isEqualTo(429);
    assertThat(refresh(token).status()).isEqualTo(200);
    control.options(
        control
            .options()
            .with(
                new SandboxOptions.Limits(0, 0, 1),
                control.options().tokens(),
                control.options().jobs(),
                control.options().rules()));
    assertThat(token("grant_type=client_credentials").status()).isEqualTo(400);
    assertThat(token("grant_type=client_credentials").status()).isEqualTo(429);
  }

  @Test
  void a_wrong_secret_is_an_invalid_client() {
    byte[] pair = "sandbox-client:wrong".getBytes(StandardCharsets.UTF_8);
    SandboxClient.Reply reply =
        client.send(
            at("/token?grant_type=refresh_token&refresh_token=" + sandbox.issueRefreshToken())
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
                .POST(BodyPublishers.noBody()));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("error").asText()).isEqualTo("invalid_client");
  }

  @Test
  void a_device_waits_until_a_person_has_approved_it() {
    JsonNode device =
        client
            .send(
                at("/device/authorize?client_id=sandbox-client&response_type=code&state=s&scope="
                        + encode(SCOPES))
                    .POST(BodyPublishers.noBody()))
            .json();
    HttpRequest.Builder poll =
        at(
            "/token?client_id=sandbox-client&grant_type="
                + encode("urn:ietf:params:oauth:grant-type:device_code")
                + "&device_code="
                + device.path("device_code").asText());
    SandboxClient.Reply early = client.send(poll.POST(BodyPublishers.noBody()));
    assertThat(early.status()).isEqualTo(400);
    assertThat(early.json().path("error").asText()).isEqualTo("authorization_pending");
    String form = "decision=approve&user_code=" + device.path("user_code").asText();
    URI page = URI.create(device.path("verification_uri").asText());
    HttpRequest.Builder approve = HttpRequest.newBuilder(page);
    assertThat(client.send(approve.POST(BodyPublishers.ofString(form))).status()).isEqualTo(200);
    SandboxClient.Reply pair = client.send(poll);
    assertThat(pair.json().path("refresh_token").asText()).isNotEmpty();
    assertThat(client.send(poll).status()).isEqualTo(400);
  }

  @Test
  void scope_right_and_deactivated_application_all_answer_403() {
    client.token = control.issueAccessToken("account_read");
    assertThat(client.get("/account/summary").status()).isEqualTo(200);
    assertThat(client.get("/contacts").status()).isEqualTo(403);
    client.token = control.issueAccessToken();
    control.withholdPrivileges(java.util.Set.of("contacts:write"));
    assertThat(client.get("/contacts").status()).isEqualTo(200);
    assertThat(client.get("/activities").status()).isEqualTo(403);
    control.withholdPrivileges(java.util.Set.of());
    control.deactivateApplication(true);
    assertThat(client.get("/contacts").status()).isEqualTo(403);
  }

  @Test
  void no_discovery_document_is_served() {
    assertThat(client.send(at("/.well-known/openid-configuration").GET()).status()).isEqualTo(404);
    assertThat(client.send(at("/keys").GET()).json().path("keys")).hasSize(1);
  }
}
