package org.rollcall.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;
import static org.rollcall.pace.ProviderException.Verdict.FORBIDDEN;
import static org.rollcall.pace.ProviderException.Verdict.QUOTA_SPENT;
import static org.rollcall.pace.ProviderException.Verdict.READ_BACK;
import static org.rollcall.pace.ProviderException.Verdict.RECONNECT;
import static org.rollcall.pace.ProviderException.Verdict.REFUSED;
import static org.rollcall.pace.ProviderException.Verdict.RETRY;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.TestDatabase;
import org.rollcall.account.Accounts;
import org.rollcall.settings.AccountSettings;

@Timeout(30)
class CallsTest {
  private static final DataSource HUB = TestDatabase.fresh();
  private static final Limits SHORT =
      new Limits(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          100_000,
          4);

  private final List<Duration> slept = new CopyOnWriteArrayList<>();
  private final Http http = new Http(SHORT);
  private final Budget budget =
      new Budget(
          HUB,
          Clock.systemUTC(),
          slept::add,
          new Backoff(Duration.ofMillis(100), Duration.ofMillis(100), new Random(1)));
  private final FakeBearer bearer = new FakeBearer();
  private final Calls calls = new Calls(http, budget, bearer);
  private final String name = "calls-" + System.nanoTime();
  private RawServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RawServer();
  }

  @AfterEach
  void stop() throws Exception {
    http.close();
    server.close();
  }

  @Test
  void an_answer_comes_back_whole_and_the_request_was_ours() {
    server.answers(ok("{\"contacts\":[]}"));

    Answer answer = calls.execute(account(), Call.get("reading contacts", "/contacts?limit=500"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"contacts\":[]}");
    assertThat(answer.header("content-TYPE")).contains("application/json");
    assertThat(server.requests.get(0))
        .startsWith("GET /v3/contacts?limit=500 HTTP/1.1")
        .contains(
            "Authorization: Bearer token-1", "User-Agent: Rollcall", "Accept: application/json")
        .doesNotContainIgnoringCase("accept-encoding", "cookie", "upgrade");
    assertThat(budget.usedToday(account().clientId())).isEqualTo(1);
  }

  @Test
  void a_next_link_is_followed_from_the_hosts_root() {
    server.answers(ok("{}"), ok("{}"));

    calls.execute(account(), Call.get("reading contacts", "/v3/contacts?cursor=abc=="));
    calls.execute(account(), Call.get("reading contacts", server.uri() + "/v3/lists"));

    assertThat(server.requests.get(0)).startsWith("GET /v3/contacts?cursor=abc== HTTP");
    assertThat(server.requests.get(1)).startsWith("GET /v3/lists HTTP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/v3/contacts?email=canary@x.org",
        "https://localhost/v3/contacts",
        "http://localhost@evil.example/v3",
        "http://localhost.evil.example/v3",
        "//evil.example/v3/contacts",
        "@evil.example/v3",
        "file:///etc/passwd",
        "/contacts?cursor=a b",
        ""
      })
  void a_link_to_another_place_is_refused_before_any_token_is_fetched(String link) {
    ProviderException refused = failure(Call.get("reading contacts", link));

    assertThat(refused.verdict()).isEqualTo(REFUSED);
    assertThat(refused.getMessage()).doesNotContain("canary", "evil");
    assertThat(bearer.fetched).isEmpty();
    assertThat(server.requests).isEmpty();
  }

  @Test
  void a_stale_token_is_renewed_once_and_the_call_repeated_once() {
    server.answers(unauthorised(), ok("{}"));

    calls.execute(account(), write());

    assertThat(bearer.invalidated).containsExactly("token-1");
    assertThat(server.requests.get(1)).contains("Bearer token-2");
    assertThat(budget.usedToday(account().clientId())).isEqualTo(2);
  }

  @Test
  void a_fresh_token_that_is_refused_too_needs_a_person() {
    server.answers(unauthorised(), unauthorised(), ok("{}"));

    ProviderException failure = failure(write());

    assertThat(failure.verdict()).isEqualTo(RECONNECT);
    assertThat(failure).hasMessageContaining("run rollcall connect " + name);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void a_spent_quota_stops_every_further_call() {
    server.answers(json(429, "{\"error_key\":\"quota_exceeded\",\"error_message\":\"Limit\"}"));
    assertThat(failure(write()).verdict()).isEqualTo(QUOTA_SPENT);

    assertThat(failure(write()).verdict()).isEqualTo(QUOTA_SPENT);

    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "429 {\"error_key\":\"throttled\",\"error_message\":\"Too Many Requests\"}",
        "429 slow down",
        "403 <html>Forbidden</html>"
      })
  void a_throttled_call_makes_the_next_one_wait(String answer) {
    server.answers(json(Integer.parseInt(answer.substring(0, 3)), answer.substring(4)), ok("{}"));
    assertThat(failure(write()).verdict()).isEqualTo(RETRY);
    assertThat(slept).isEmpty();

    calls.execute(account(), write());

    assertThat(slept).isNotEmpty().first(DURATION).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void a_redirect_is_not_followed() {
    server.answers(
        "HTTP/1.1 302 Found\r\nLocation: "
            + server.uri()
            + "/v3/trap\r\nContent-Length: 0\r\n\r\n");

    assertThat(failure(Call.get("reading", "/contacts")).verdict()).isEqualTo(RETRY);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void nothing_is_repeated_behind_our_back() {
    server.answers("", json(503, "{}"));

    assertThat(failure(Call.get("reading", "/contacts")).verdict()).isEqualTo(RETRY);
    assertThat(server.requests).hasSize(1);
    assertThat(failure(Call.get("reading", "/contacts")).verdict()).isEqualTo(RETRY);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void a_provider_out_of_reach_has_done_nothing() throws Exception {
    URI nobody = server.uri();
    server.close();

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () -> calls.execute(Accounts.at(name, nobody, null, null), write()));

    assertThat(failure.verdict()).isEqualTo(RETRY);
  }

  @Test
  void an_unknown_host_has_done_nothing() {
    AccountSettings account = Accounts.at(name, URI.create("http://nowhere.invalid"), null, null);

    assertThat(
            catchThrowableOfType(ProviderException.class, () -> calls.execute(account, write()))
                .verdict())
        .isEqualTo(RETRY);
  }

  @Test
  void a_host_that_cannot_prove_itself_gets_nothing() {
    server.answers(ok("{}"));
    URI tls = URI.create(server.uri().toString().replace("http:", "https:"));

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () -> calls.execute(Accounts.at(name, tls, null, null), write()));

    assertThat(failure.verdict()).isEqualTo(RETRY);
    assertThat(server.requests).allSatisfy(bytes -> assertThat(bytes).doesNotContain("Bearer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"contacts\":[",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"contacts\":[",
        "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>ok</html>",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{} x",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\"ok\"",
        "garbage that is no HTTP at all\r\n\r\n"
      })
  void an_answer_cut_or_spoilt_leaves_the_outcome_of_a_write_unknown(String answer) {
    server.answers(answer, answer);

    assertThat(failure(write()).verdict()).isEqualTo(READ_BACK);
    assertThat(failure(Call.get("reading", "/contacts")).verdict()).isEqualTo(RETRY);
  }

  @Test
  void an_empty_success_is_enough_for_a_write_and_not_for_a_read() {
    String empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    server.answers(empty, empty, "HTTP/1.1 204 No Content\r\n\r\n");

    assertThat(calls.execute(account(), write()).body()).isEmpty();
    assertThat(failure(Call.get("reading", "/contacts")).verdict()).isEqualTo(RETRY);
    assertThat(calls.execute(account(), write()).status()).isEqualTo(204);
  }

  @Test
  void json_too_deep_is_no_json() {
    server.answers(ok("[".repeat(5000) + "]".repeat(5000)));

    assertThat(failure(Call.get("reading", "/contacts")).verdict()).isEqualTo(RETRY);
  }

  @Test
  void what_is_not_asked_for_as_json_need_not_be_json() {
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na;b");
    Call csv =
        new Call(
            "exporting", "GET", "/export", Map.of("Accept", "text/csv"), null, true, Purpose.WORK);

    assertThat(calls.execute(account(), csv).body()).hasSize(3);
  }

  @Test
  void an_answer_too_large_is_cut_off() {
    server.answers("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + " ".repeat(200_000));

    assertThat(failure(Call.get("reading", "/contacts")))
        .hasMessageContaining("no complete answer");
  }

  @Test
  void silence_ends_a_call() {
    server.silent();

    assertThat(failure(write()).verdict()).isEqualTo(READ_BACK);
  }

  @Test
  void an_answer_that_drips_for_ever_is_ended_by_the_total_deadline() {
    server.dribbles();
    long start = System.nanoTime();

    ProviderException failure = failure(write());

    assertThat(failure.verdict()).isEqualTo(READ_BACK);
    assertThat(failure).hasMessageContaining("within 2 s");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(10));
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void a_missing_right_stops_the_account() {
    server.answers(json(403, "{\"error_key\":\"unauthorized\",\"error_message\":\"No scope\"}"));

    ProviderException failure = failure(write());

    assertThat(failure.verdict()).isEqualTo(FORBIDDEN);
    assertThat(failure).hasMessageContaining("No scope");
  }

  private ProviderException failure(Call call) {
    return catchThrowableOfType(ProviderException.class, () -> calls.execute(account(), call));
  }

  private AccountSettings account() {
    return Accounts.at(name, server.uri(), null, null);
  }

  private static Call write() {
    return Call.json(
        "creating a contact", "POST", "/contacts", "{}".getBytes(StandardCharsets.UTF_8), false);
  }

  private static String ok(String body) {
    return json(200, body);
  }

  private static String unauthorised() {
    return json(401, "{\"error_key\":\"unauthorized\",\"error_message\":\"Unauthorized\"}");
  }

  private static String json(int status, String body) {
    return "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private static final class FakeBearer implements Bearer {
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private final List<String> invalidated = new CopyOnWriteArrayList<>();

    @Override
    public String accessToken(AccountSettings account) {
      String token = "token-" + (invalidated.size() + 1);
      fetched.add(token);
      return token;
    }

    @Override
    public void invalidate(AccountSettings account, String usedToken) {
      invalidated.add(usedToken);
    }
  }

  /** Answers whatever it is told, byte by byte, and closes. */
  private static final class RawServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean silent;
    private volatile boolean dribbling;

    RawServer() throws IOException {
      Thread thread = new Thread(this::serve, "raw-server");
      thread.setDaemon(true);
      thread.start();
    }

    URI uri() {
      return URI.create("http://localhost:" + socket.getLocalPort());
    }

    void answers(String... texts) {
      answers.addAll(List.of(texts));
    }

    void silent() {
      silent = true;
    }

    void dribbles() {
      dribbling = true;
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          serve(client);
        } catch (IOException e) {
          // The client has gone, which is what some tests are about; or this server has.
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private void serve(Socket client) throws IOException, InterruptedException {
      requests.add(request(client.getInputStream()));
      OutputStream out = client.getOutputStream();
      if (silent) {
        end.await();
      } else if (dribbling) {
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        while (end.getCount() > 0) {
          out.write(' ');
          out.flush();
          end.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
      } else if (!answers.isEmpty()) {
        out.write(answers.remove(0).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }

    private static String request(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      int length = 0;
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0 || head.length() == 0 && b == 0x16) {
          // Nothing, or the start of a TLS handshake.
          return head.toString();
        }
        head.append((char) b);
      }
      for (String line : head.toString().split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      in.readNBytes(length);
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      end.countDown();
      socket.close();
    }
  }
}
