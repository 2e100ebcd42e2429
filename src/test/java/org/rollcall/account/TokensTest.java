package org.rollcall.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.pace.Backoff;
import org.rollcall.pace.Http;
import org.rollcall.pace.Limits;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Secret;

@Timeout(60)
class TokensTest {
  private static final DataSource HUB = TestDatabase.fresh();
  private static final Backoff RETRIES =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1));

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final Http http = new Http(Limits.DEFAULT);
  private final String name = "account-" + System.nanoTime();
  private TokenServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TokenServer();
    server.accept("seed");
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void the_refresh_token_of_the_settings_is_taken_over_and_renewed() {
    assertThat(tokens().accessToken(account("seed"))).isEqualTo("access-1");
    assertThat(server.requests.get(0).form())
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "seed")
        .containsEntry("client_id", "client-of-" + name);
    assertThat(server.requests.get(0).authorization()).isEmpty();
  }

  @Test
  void a_client_with_a_secret_says_so_in_the_header_and_not_in_the_form() {
    tokens().accessToken(Accounts.at(name, server.uri(), "s3cret", "seed"));

    assertThat(server.requests.get(0).authorization()).startsWith("Basic ");
    assertThat(server.requests.get(0).form()).doesNotContainKeys("client_id", "client_secret");
  }

  @Test
  void a_valid_token_is_used_until_shortly_before_its_end() {
    Tokens tokens = tokens();
    tokens.accessToken(account("seed"));
    clock.move(Duration.ofMinutes(54));
    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-1");

    clock.move(Duration.ofMinutes(2));

    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-2");
    assertThat(server.requests.get(1).form()).containsEntry("refresh_token", "refresh-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"28800", "\"28800\""})
  void a_lifetime_may_be_a_number_or_a_text(String expiresIn) {
    server.expiresIn = expiresIn;
    Tokens tokens = tokens();
    tokens.accessToken(account("seed"));

    assertThat(tokens.state(account("seed")).orElseThrow().expiresAt())
        .isEqualTo("2026-11-21T20:00:00Z");
  }

  @Test
  void an_answer_without_refresh_token_keeps_the_old_one() {
    server.rotating = false;
    Tokens tokens = tokens();
    tokens.accessToken(account("seed"));
    clock.move(Duration.ofHours(2));

    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-2");
    assertThat(server.requests.get(1).form()).containsEntry("refresh_token", "seed");
  }

  @Test
  void of_many_threads_and_nodes_exactly_one_refreshes() throws Exception {
    for (int round = 1; round <= 10; round++) {
      List<Tokens> nodes = List.of(tokens(), tokens(), tokens(), tokens());
      Set<String> answers = new TreeSet<>();
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        Tokens node = nodes.get(i % nodes.size());
        results.add(threads.submit(() -> node.accessToken(account("seed"))));
      }
      for (Future<String> result : results) {
        answers.add(result.get(30, TimeUnit.SECONDS));
      }
      threads.shutdown();

      assertThat(answers).containsExactly("access-" + round);
      assertThat(server.requests).hasSize(round);
      clock.move(Duration.ofHours(2));
    }
  }

  @Test
  void a_refused_token_is_renewed_once_however_many_calls_met_the_refusal() {
    Tokens tokens = tokens();
    String stale = tokens.accessToken(account("seed"));
    tokens.invalidate(account("seed"), stale);
    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-2");

    tokens.invalidate(account("seed"), stale);

    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-2");
    assertThat(server.requests).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void a_failing_token_endpoint_costs_nothing_but_time(int status) {
    Tokens tokens = tokens();
    server.planned.add(new TokenServer.Reply(status, "<html>down</html>"));

    ProviderException failure = failure(tokens, account("seed"));

    assertThat(failure.verdict()).isEqualTo(Verdict.RETRY);
    clock.move(Duration.ofSeconds(2));
    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-1");
  }

  @Test
  void a_failing_token_endpoint_is_left_alone_for_a_while() {
    Tokens tokens = tokens();
    server.planned.add(new TokenServer.Reply(503, ""));
    for (int i = 0; i < 5; i++) {
      assertThat(failure(tokens, account("seed")).verdict()).isEqualTo(Verdict.RETRY);
    }

    assertThat(server.requests).hasSize(1);
  }

  @Test
  void a_token_in_its_last_minutes_outlives_an_outage_of_the_token_endpoint() {
    Tokens tokens = tokens();
    tokens.accessToken(account("seed"));
    clock.move(Duration.ofMinutes(57));
    server.planned.add(new TokenServer.Reply(503, ""));

    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-1");
  }

  @Test
  void a_lost_answer_keeps_the_old_pair_and_asks_for_a_person_only_when_it_is_refused() {
    Tokens tokens = tokens();
    server.planned.add(new TokenServer.Reply(0, ""));
    assertThat(failure(tokens, account("seed")).verdict()).isEqualTo(Verdict.RETRY);
    clock.move(Duration.ofSeconds(2));

    ProviderException failure = failure(tokens, account("seed"));

    assertThat(failure.verdict()).isEqualTo(Verdict.RECONNECT);
    assertThat(failure).hasMessageContaining("run rollcall connect " + name);
    assertThat(tokens.state(account("seed")).orElseThrow().connected()).isFalse();
  }

  @Test
  void a_dead_connection_makes_no_more_token_calls_until_there_is_another_refresh_token() {
    Tokens tokens = tokens();
    assertThat(failure(tokens, account("revoked")).verdict()).isEqualTo(Verdict.RECONNECT);
    for (int i = 0; i < 5; i++) {
      clock.move(Duration.ofHours(1));
      assertThat(failure(tokens, account("revoked")).verdict()).isEqualTo(Verdict.RECONNECT);
    }
    assertThat(server.requests).hasSize(1);

    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-1");
  }

  @Test
  void a_renewed_pair_that_could_not_be_committed_is_stored_in_another_attempt() {
    AtomicInteger commits = new AtomicInteger();
    // The first commit is a look at the row, the second takes the seed over, the third renews.
    DataSource failing = failingCommits(() -> commits.incrementAndGet() == 3);
    Tokens tokens = tokens(failing, "the secret key of this test");

    assertThat(tokens.accessToken(account("seed"))).isEqualTo("access-1");

    assertThat(commits).hasValue(4);
    clock.move(Duration.ofHours(2));
    assertThat(tokens().accessToken(account("seed"))).isEqualTo("access-2");
  }

  @Test
  void a_refresh_token_is_taken_over_once_and_a_different_one_again() {
    Tokens tokens = tokens();
    tokens.accessToken(account("seed"));
    clock.move(Duration.ofHours(2));
    tokens().accessToken(account("seed"));
    assertThat(server.requests.get(1).form()).containsEntry("refresh_token", "refresh-1");

    server.accept("other");
    tokens.accessToken(account("other"));

    assertThat(server.requests.get(2).form()).containsEntry("refresh_token", "other");
  }

  @Test
  void connecting_by_hand_wins_over_the_old_refresh_token_of_the_settings() {
    Tokens tokens = tokens();
    failure(tokens, account("revoked"));
    server.accept("fresh");

    tokens.connected(
        account("revoked"),
        new TokenEndpoint.Reply.Granted(
            new Secret("by-hand"), new Secret("fresh"), Duration.ofHours(1), null));

    assertThat(tokens.accessToken(account("revoked"))).isEqualTo("by-hand");
    clock.move(Duration.ofHours(2));
    assertThat(tokens.accessToken(account("revoked"))).isEqualTo("access-1");
  }

  @Test
  void an_account_without_any_token_says_what_to_do() {
    assertThatThrownBy(() -> tokens().accessToken(account(null)))
        .hasMessageContaining("run rollcall connect " + name);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void a_wrong_client_secret_is_not_a_dead_connection() {
    Tokens tokens = tokens();
    server.planned.add(new TokenServer.Reply(401, "{\"error\":\"invalid_client\"}"));

    ProviderException failure = failure(tokens, account("seed"));

    assertThat(failure.verdict()).isEqualTo(Verdict.FORBIDDEN);
    assertThat(failure)
        .hasMessageContaining("invalid_client")
        .hasMessageContaining("client-secret");
    assertThat(tokens.state(account("seed")).orElseThrow().connected()).isTrue();
  }

  @Test
  void another_secret_key_is_told_in_a_sentence_and_destroys_nothing() {
    tokens().accessToken(account("seed"));
    Tokens other = tokens("another secret key");
    assertThatThrownBy(() -> other.accessToken(account("seed")))
        .hasMessageContaining("encrypted with another secret key");
    assertThatThrownBy(() -> other.accessToken(account("newer seed")))
        .hasMessageContaining("encrypted with another secret key");
    clock.move(Duration.ofHours(2));
    assertThatThrownBy(() -> other.accessToken(account(null)))
        .hasMessageContaining("encrypted with another secret key");

    assertThat(tokens().accessToken(account("seed"))).isEqualTo("access-2");
  }

  @Test
  void a_token_of_one_account_does_not_open_in_another() throws Exception {
    tokens().accessToken(account("seed"));
    String thief = name + "-thief";
    execute(
        "INSERT INTO account_token (account_name, state, access_ciphertext, refresh_ciphertext,"
            + " issued_at, expires_at, version, updated_at) SELECT ?, state, access_ciphertext,"
            + " refresh_ciphertext, issued_at, expires_at, version, updated_at FROM account_token"
            + " WHERE account_name = ?",
        thief,
        name);

    assertThatThrownBy(() -> tokens().accessToken(Accounts.at(thief, server.uri(), null, null)))
        .hasMessageContaining("encrypted with another secret key");
  }

  @Test
  void no_token_is_readable_in_the_database() throws Exception {
    server.accept("canary-seed");
    tokens().accessToken(account("canary-seed"));

    try (Connection connection = HUB.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT access_ciphertext, refresh_ciphertext, account_token::TEXT"
                    + " FROM account_token WHERE account_name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
            .doesNotContain("access-1");
        assertThat(new String(row.getBytes(2), StandardCharsets.ISO_8859_1))
            .doesNotContain("refresh-1");
        assertThat(row.getString(3)).doesNotContain("canary", "access-1", "refresh-1");
      }
    }
  }

  @Test
  void no_secret_shows_in_exceptions() {
    server.planned.add(
        new TokenServer.Reply(
            400, "{\"error\":\"canary-seed is bad\",\"error_description\":\"x\"}"));
    ProviderException failure =
        failure(tokens(), Accounts.at(name, server.uri(), "canary-secret", "canary-seed"));

    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("canary").contains(name);
  }

  private static ProviderException failure(Tokens tokens, AccountSettings account) {
    return catchThrowableOfType(ProviderException.class, () -> tokens.accessToken(account));
  }

  private Tokens tokens() {
    return tokens("the secret key of this test");
  }

  private Tokens tokens(String secretKey) {
    return tokens(HUB, secretKey);
  }

  private Tokens tokens(DataSource hub, String secretKey) {
    return new Tokens(hub, http, new Vault(new Secret(secretKey)), clock, RETRIES);
  }

  private AccountSettings account(String refreshToken) {
    return Accounts.at(name, server.uri(), null, refreshToken);
  }

  /** The hub's database, whose connections break at some commits. */
  private static DataSource failingCommits(BooleanSupplier breaks) {
    return around(
        DataSource.class,
        HUB,
        (method, result) ->
            method.equals("getConnection")
                ? around(Connection.class, (Connection) result.call(), commits(breaks))
                : result.call());
  }

  private static Around commits(BooleanSupplier breaks) {
    return (method, result) -> {
      if (method.equals("commit") && breaks.getAsBoolean()) {
        throw new SQLException("the connection broke");
      }
      return result.call();
    };
  }

  private interface Around {
    Object call(String method, Callable<Object> result) throws Exception;
  }

  private static <T> T around(Class<T> type, T inner, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                around.call(method.getName(), () -> method.invoke(inner, arguments))));
  }

  private static void execute(String sql, String... parameters) throws Exception {
    try (Connection connection = HUB.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
