package org.rollcall.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.account.TokenServer.Reply;
import org.rollcall.pace.Backoff;
import org.rollcall.pace.Budget;
import org.rollcall.pace.Calls;
import org.rollcall.pace.Http;
import org.rollcall.pace.Limits;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Secret;

@Timeout(30)
class ConnectTest {
  private static final DataSource HUB = TestDatabase.fresh();
  private static final Reply SUMMARY =
      new Reply(200, "{\"organization_name\":\"Springfield \\u001b[31mChamber\"}");
  private static final Reply DEVICE =
      new Reply(
          200,
          "{\"device_code\":\"canary-device\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":"
              + "\"https://example.org/activate\",\"expires_in\":600,\"interval\":7}");
  private static final Reply PENDING = new Reply(400, "{\"error\":\"authorization_pending\"}");
  private static final Reply TOKEN =
      new Reply(
          200, "{\"access_token\":\"access\",\"refresh_token\":\"refresh\",\"expires_in\":3600}");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final Http http = new Http(Limits.DEFAULT);
  private final Tokens tokens =
      new Tokens(HUB, http, new Vault(new Secret("the key")), clock, Backoff.OFF);
  private final Calls calls = new Calls(http, new Budget(HUB, clock, d -> {}, Backoff.OFF), tokens);
  private final List<Duration> slept = new ArrayList<>();
  private final Connect connect = new Connect(tokens, calls, clock, this::sleep);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final HttpClient browser = HttpClient.newHttpClient();
  private TokenServer server;
  private AccountSettings account;

  @BeforeEach
  void start() throws Exception {
    server = new TokenServer();
    account = Accounts.at("account-" + System.nanoTime(), server.uri(), null, null);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void a_browser_that_comes_back_with_a_code_connects_the_account() throws Exception {
    server.planned.add(TOKEN);
    server.planned.add(SUMMARY);
    CompletableFuture<Optional<String>> flow = browserFlow();
    URI authorize = toldAddress();

    assertThat(knock("code=the-code&state=" + query(authorize, "state")).body())
        .contains("You can close this window");

    assertThat(flow.get(10, TimeUnit.SECONDS)).contains("Springfield [31mChamber");
    assertThat(tokens.accessToken(account)).isEqualTo("access");
    assertThat(tokens.state(account).orElseThrow().connectedAs())
        .isEqualTo("Springfield [31mChamber");
    TokenServer.Request token = server.requests.get(0);
    assertThat(token.path()).isEqualTo("/oauth2/token");
    assertThat(token.form())
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "the-code")
        .containsEntry("redirect_uri", "http://localhost:" + port + "/callback");
    assertThat(sha256(token.form().get("code_verifier")))
        .isEqualTo(query(authorize, "code_challenge"));
    assertThat(query(authorize, "code_challenge_method")).isEqualTo("S256");
    assertThat(query(authorize, "scope"))
        .isEqualTo("contact_data+campaign_data+account_read+offline_access");
    assertThat(server.requests.get(1).authorization()).isEqualTo("Bearer access");
  }

  @Test
  void a_forged_callback_is_turned_away_and_the_true_one_still_works() throws Exception {
    server.planned.add(TOKEN);
    CompletableFuture<Optional<String>> flow = browserFlow();
    URI authorize = toldAddress();

    assertThat(knock("code=evil&state=guessed").statusCode()).isEqualTo(400);
    assertThat(knock("code=evil").statusCode()).isEqualTo(400);
    assertThat(knock("error=access_denied&state=").statusCode()).isEqualTo(400);
    assertThat(server.requests).isEmpty();
    assertThat(knock("code=good&state=" + query(authorize, "state")).statusCode()).isEqualTo(200);

    flow.get(10, TimeUnit.SECONDS);
    assertThat(server.requests.get(0).form()).containsEntry("code", "good");
  }

  @Test
  void a_person_who_says_no_ends_the_flow() throws Exception {
    CompletableFuture<Optional<String>> flow = browserFlow();

    knock("error=access_denied&state=" + query(toldAddress(), "state"));

    assertThatThrownBy(() -> flow.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("did not grant");
    assertThat(server.requests).isEmpty();
    assertThat(tokens.state(account)).isEmpty();
  }

  @Test
  void nobody_is_waited_for_for_ever() {
    assertThatThrownBy(() -> connect.browser(account, 0, told::add, Duration.ofMillis(50)))
        .hasMessageContaining("nobody came back");
  }

  @Test
  void a_port_in_use_is_told_in_a_sentence() throws Exception {
    try (Callback other = Callback.listen(0, "state")) {
      int taken = URI.create(other.uri()).getPort();

      assertThatThrownBy(() -> connect.browser(account, taken, told::add))
          .hasMessageContaining("port " + taken + " of this machine is in use");
    }
  }

  @Test
  void an_account_that_does_not_tell_its_name_is_connected_all_the_same() throws Exception {
    server.planned.add(TOKEN);
    server.planned.add(new Reply(404, ""));
    CompletableFuture<Optional<String>> flow = browserFlow();

    knock("code=c&state=" + query(toldAddress(), "state"));

    assertThat(flow.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(tokens.state(account).orElseThrow().connected()).isTrue();
  }

  @Test
  void a_grant_without_refresh_token_is_no_connection() throws Exception {
    server.planned.add(new Reply(200, "{\"access_token\":\"access\",\"expires_in\":3600}"));
    CompletableFuture<Optional<String>> flow = browserFlow();

    knock("code=c&state=" + query(toldAddress(), "state"));

    assertThatThrownBy(() -> flow.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("no refresh token");
    assertThat(tokens.state(account)).isEmpty();
  }

  @Test
  void a_device_is_asked_about_at_its_interval_and_slower_when_told_so() {
    server.planned.addAll(
        List.of(
            DEVICE,
            PENDING,
            new Reply(400, "{\"error\":\"slow_down\"}"),
            new Reply(503, ""),
            PENDING,
            TOKEN,
            SUMMARY));

    assertThat(connect.device(account, told::add)).isPresent();

    assertThat(slept).extracting(Duration::toSeconds).containsExactly(7L, 7L, 12L, 17L, 17L);
    assertThat(told.peek()).contains("https://example.org/activate", "ABCD-EFGH");
    assertThat(told.peek()).doesNotContain("canary-device");
    assertThat(server.requests.get(0).path()).isEqualTo("/oauth2/device/authorize");
    assertThat(server.requests.get(1).form())
        .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
        .containsEntry("device_code", "canary-device")
        .containsEntry("client_id", account.clientId());
    assertThat(tokens.accessToken(account)).isEqualTo("access");
  }

  @Test
  void a_device_code_that_nobody_types_expires() {
    server.planned.add(DEVICE);
    for (int i = 0; i < 200; i++) {
      server.planned.add(PENDING);
    }

    assertThatThrownBy(() -> connect.device(account, told::add))
        .hasMessageContaining("nobody typed the code");
    assertThat(slept).hasSizeBetween(80, 90);
  }

  @Test
  void a_device_that_is_denied_is_not_asked_about_again() {
    server.planned.addAll(List.of(DEVICE, new Reply(400, "{\"error\":\"access_denied\"}")));

    assertThatThrownBy(() -> connect.device(account, told::add))
        .hasMessageContaining("access_denied");
    assertThat(server.requests).hasSize(2);
  }

  private int port;

  private CompletableFuture<Optional<String>> browserFlow() throws Exception {
    try (ServerSocket probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    return CompletableFuture.supplyAsync(
        () -> connect.browser(account, port, told::add, Duration.ofSeconds(20)));
  }

  private URI toldAddress() throws Exception {
    String text = told.poll(10, TimeUnit.SECONDS);
    Matcher address = Pattern.compile("http\\S+").matcher(text);
    assertThat(address.find()).isTrue();
    return URI.create(address.group());
  }

  private HttpResponse<String> knock(String query) throws Exception {
    URI callback = URI.create("http://127.0.0.1:" + port + "/callback?" + query);
    return browser.send(HttpRequest.newBuilder(callback).build(), BodyHandlers.ofString());
  }

  private static String query(URI uri, String name) {
    for (String field : uri.getRawQuery().split("&")) {
      if (field.startsWith(name + "=")) {
        return field.substring(name.length() + 1);
      }
    }
    throw new AssertionError("no " + name);
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private void sleep(Duration duration) {
    slept.add(duration);
    clock.move(duration);
  }
}
