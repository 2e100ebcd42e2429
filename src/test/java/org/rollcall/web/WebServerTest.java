package org.rollcall.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.settings.LogFormat;
import org.rollcall.settings.ServiceSettings;
import org.rollcall.store.Store;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Role;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;

/** What strangers may send, and what becomes of it. */
class WebServerTest {
  static final List<String> ALWAYS =
      List.of(
          "content-security-policy",
          "x-content-type-options",
          "x-frame-options",
          "referrer-policy",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "cache-control");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final URI PUBLIC = URI.create("https://rollcall.example.org");
  private static final byte[] MEGABYTE = new byte[1 << 20];

  private final Store store = new Store(TestDatabase.fresh());
  private final Sessions sessions = new Sessions(store, Clock.systemUTC(), HOUR, HOUR);
  private final Users users = new Users(store, Clock.systemUTC());
  private final ApiTokens tokens = new ApiTokens(store, Clock.systemUTC());
  private final WebServer server = serve("127.0.0.1", null);
  private final Wire wire = new Wire(server.port());

  private WebServer serve(String host, @Nullable URI publicUrl) {
    WebServer bound =
        WebServer.bind(
            new ServiceSettings(host, 0, LogFormat.TEXT, publicUrl, HOUR, HOUR, null, true),
            sessions,
            tokens,
            new Patience(Duration.ofMillis(1_500), Duration.ofMillis(1_500), 200));
    Site site = new Site();
    site.open("/in", visit -> new Reply.SignedIn("token", "/page"));
    site.open("/words/:word", visit -> text(visit.path("word")));
    site.open("/query", visit -> text(visit.query("a").orElse("none")));
    site.openPost("/form", visit -> text(visit.forms("a").size() + visit.form("b").orElse("")));
    site.get("/page", Role.VIEWER, visit -> text("page of " + visit.visitor().name()));
    site.get("/away", Role.VIEWER, visit -> Reply.see(visit.query("to").orElse("")));
    site.post("/act", Role.OPERATOR, visit -> text("" + visit.forms("a").size()));
    site.open("/broken/:token", visit -> broken());
    site.get(
        "/file",
        Role.VIEWER,
        visit ->
            new Reply.Download(
                "text/csv", visit.query("name").orElse("a.csv"), WebServerTest::endless));
    site.ask(
        "/api/lines",
        Role.VIEWER,
        visit -> new Reply.Stream("text/plain", WebServerTest::endless),
        "text/plain");
    bound.serve(site);
    return bound;
  }

  @AfterEach
  void it_ends() {
    server.close();
  }

  private static Reply text(String text) {
    return new Reply.Data(200, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  private static Reply broken() {
    throw new IllegalStateException("out of order");
  }

  private static void endless(java.io.OutputStream out) throws IOException {
    for (int i = 0; i < 200; i++) {
      out.write(MEGABYTE);
    }
  }

  /** The cookie of somebody who has signed in. */
  private String cookie(Role role) {
    users.invite(role.word(), role);
    return "Cookie: rollcall=" + sessions.begin(users.find(role.word()).orElseThrow());
  }

  @Test
  void what_cannot_be_decoded_is_a_wrong_request_and_no_failure() {
    assertThat(wire.get("/words/%zz").status()).isIn(200, 400);
    assertThat(wire.get("/words/%").status()).isIn(200, 400);
    assertThat(wire.get("/query?a=%zz").status()).isIn(200, 400);
    assertThat(wire.send(wire.formOf("/form", "a=%zz")).status()).isIn(200, 400);
  }

  @Test
  void what_no_database_keeps_is_refused_at_the_door() {
    assertThat(wire.get("/words/a%00b").status()).isEqualTo(400);
    assertThat(wire.get("/query?a=a%00b").status()).isEqualTo(400);
    assertThat(wire.send(wire.formOf("/form", "b=a%00b")).status()).isEqualTo(400);
  }

  @Test
  void parts_of_paths_may_be_any_text() {
    for (String word : List.of("a/b", "a b", "ü", "a?b#c", "100%", "<script>", "%2F")) {
      assertThat(wire.get("/words/" + Wire.encode(word)).body()).isEqualTo(word);
    }
  }

  @Test
  void every_refusal_carries_the_headers_too() {
    String long9 = "x".repeat(9_000);
    List<Wire.Answer> refused =
        List.of(
            wire.get("/none"),
            wire.get("/words/%00"),
            wire.send(wire.request("PUT", "/page", "")),
            wire.send(wire.request("TRACE", "/page", "")),
            wire.get("/broken/1"),
            wire.get("/page", "Host: evil.example"),
            wire.get("/" + long9),
            wire.get("/page", "X-Long: " + long9),
            wire.send("NONSENSE\r\n\r\n"),
            wire.send(wire.request("GET", "/page", "", "Content-Length: 5, 6")),
            wire.send(wire.formOf("/form", "b=" + "x".repeat(3 << 20))));
    for (Wire.Answer answer : refused) {
      assertThat(answer.status()).isBetween(400, 599);
      assertThat(answer.headers()).containsKeys(ALWAYS.toArray(String[]::new));
      assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
    }
    assertThat(refused.stream().map(Wire.Answer::status))
        .containsExactly(404, 400, 405, 405, 500, 421, 414, 431, 400, 400, 413);
  }

  @Test
  void the_policy_lets_in_nothing_that_is_not_ours() {
    String policy = wire.get("/query").header("Content-Security-Policy").orElseThrow();
    assertThat(policy.split("; *"))
        .contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        .contains("form-action 'self'")
        .allMatch(directive -> directive.matches("[a-z-]+ '(none|self)'"));
  }

  @Test
  void behind_https_cookies_are_bound_to_the_server_and_browsers_stay_with_https() {
    String session = cookie(Role.VIEWER).replaceFirst(".*=", "");
    try (WebServer secure = serve("127.0.0.1", PUBLIC)) {
      Wire away = new Wire(secure.port());
      Wire.Answer in = away.get("/in");
      assertThat(in.header("Strict-Transport-Security")).isPresent();
      assertThat(in.header("Set-Cookie").orElseThrow())
          .startsWith("__Host-rollcall=token;")
          .contains("; Path=/", "; Secure", "; HTTPOnly", "; SameSite=Lax")
          .doesNotContain("Domain");
      assertThat(away.get("/page", "Cookie: __Host-rollcall=" + session).status()).isEqualTo(200);
      assertThat(away.get("/page", "Cookie: rollcall=" + session).status()).isEqualTo(303);
    }
    Wire.Answer plain = wire.get("/in");
    assertThat(plain.header("Strict-Transport-Security")).isEmpty();
    assertThat(plain.header("Set-Cookie").orElseThrow())
        .startsWith("rollcall=token;")
        .doesNotContain("Secure");
  }

  @Test
  void a_server_with_a_public_name_goes_by_no_other_and_its_forms_come_over_https() {
    String host = "Host: " + PUBLIC.getHost();
    try (WebServer open = serve("0.0.0.0", PUBLIC)) {
      Wire away = new Wire(open.port());
      assertThat(away.get("/query", host).status()).isEqualTo(200);
      assertThat(away.get("/query", "Host: evil.example").status()).isEqualTo(421);
      assertThat(away.post("/form", Map.of(), host, "Origin: " + PUBLIC).status()).isEqualTo(200);
      for (String foreign : List.of("http://" + PUBLIC.getHost(), PUBLIC + ":8443")) {
        assertThat(away.post("/form", Map.of(), host, "Origin: " + foreign).status())
            .as(foreign)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void many_ticked_boxes_are_a_form_and_too_many_are_none() {
    String cookie = cookie(Role.OPERATOR);
    String token = "X-Form-Token: " + formToken(cookie);
    String boxes = "a=1&".repeat(5_000) + "b=" + "x".repeat(500_000);
    assertThat(wire.send(wire.formOf("/act", boxes, cookie, token)).body()).isEqualTo("5000");
    String more = "a=1&".repeat(200_000);
    assertThat(wire.send(wire.formOf("/act", more, cookie, token)).status()).isEqualTo(400);
    assertThat(wire.send(wire.formOf("/form", "a=1&".repeat(50_000))).status()).isEqualTo(413);
  }

  private String formToken(String cookie) {
    return FormToken.masked(
        sessions.visitor(cookie.replaceFirst(".*=", "")).orElseThrow().formToken());
  }

  @Test
  void pages_carry_another_text_for_the_form_token_each_time() {
    String cookie = cookie(Role.OPERATOR);
    String one = formToken(cookie);
    String other = formToken(cookie);
    assertThat(one).isNotEqualTo(other);
    for (String token : List.of(one, other)) {
      assertThat(wire.post("/act", Map.of("form-token", token), cookie).status()).isEqualTo(200);
    }
    String bare = sessions.visitor(cookie.replaceFirst(".*=", "")).orElseThrow().formToken();
    for (String wrong :
        List.of(bare, "", "x", "AAAA", one.substring(4), formToken(cookie(Role.VIEWER)))) {
      assertThat(wire.post("/act", Map.of("form-token", wrong), cookie).status()).isEqualTo(403);
    }
  }

  @Test
  void who_sends_next_to_nothing_is_hung_up_on() throws IOException {
    String form = wire.formOf("/form", "b=1");
    for (String part : List.of("", "GET /query HT", form.substring(0, form.length() - 1))) {
      try (Socket socket = wire.open(part)) {
        assertThat(socket.getInputStream().read()).as(part).isEqualTo(-1);
      }
    }
  }

  @Test
  void connections_that_were_closed_leave_room_for_others() {
    for (int i = 0; i < 300; i++) {
      assertThat(wire.get("/query").status()).as("connection %d", i).isEqualTo(200);
    }
  }

  @Test
  void of_a_form_that_may_not_be_sent_nothing_is_read() throws IOException {
    String head =
        String.join(
            "\r\n",
            "POST /act HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Length: 1000000",
            "Content-Type: application/x-www-form-urlencoded",
            "");
    for (String who : List.of("", "Cookie: rollcall=x\r\n", cookie(Role.VIEWER) + "\r\n")) {
      try (Socket socket = wire.open(head + who + "\r\n")) {
        assertThat(status(socket)).isIn("HTTP/1.1 303", "HTTP/1.1 403");
      }
    }
  }

  @Test
  void a_head_is_answered_without_a_body_and_other_methods_are_refused() {
    String cookie = cookie(Role.VIEWER);
    Wire.Answer head = wire.send(wire.request("HEAD", "/page", "", cookie));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")) {
      assertThat(wire.send(wire.request(method, "/page", "", cookie)).status()).isEqualTo(405);
      assertThat(wire.send(wire.request(method, "/act", "", cookie)).status()).isEqualTo(405);
    }
    assertThat(wire.get("/act", cookie).status()).isEqualTo(405);
    assertThat(wire.send(wire.request("HEAD", "/act", "", cookie)).status()).isEqualTo(405);
    String asset = new Assets().path("console.css");
    assertThat(wire.get(asset).status()).isEqualTo(200);
    assertThat(wire.send(wire.formOf(asset, "")).status()).isEqualTo(405);
  }

  @Test
  void other_names_for_this_machine_are_a_trick() {
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "", "localhost@evil")) {
      assertThat(wire.get("/query", "Host: " + host).status()).as(host).isIn(400, 421);
    }
    assertThat(wire.get("http://evil.example/query").status()).isIn(400, 421);
    assertThat(wire.get("/query", "Host: 127.0.0.1", "Host: evil.example").status()).isEqualTo(400);
    assertThat(wire.get("/query", "Host: localhost").status()).isEqualTo(200);
  }

  @Test
  void what_could_mean_two_requests_means_none() {
    String second = "GET /query HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    for (String head :
        List.of(
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Transfer-Encoding: identity, chunked, identity\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            "Content-Length: +5\r\n")) {
      String raw =
          "POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\n"
              + head
              + "\r\n0\r\n\r\n"
              + second;
      Wire.Answer answer = wire.send(raw);
      assertThat(answer.status()).as(head).isBetween(400, 501);
      assertThat(answer.body()).as(head).doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  void another_protocol_is_not_taken_up() {
    Wire.Answer answer =
        wire.send(
            String.join(
                "\r\n",
                "GET /query HTTP/1.1",
                "Host: 127.0.0.1",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                "",
                ""));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void forms_come_from_our_own_pages() {
    String own = "Origin: http://127.0.0.1:" + server.port();
    assertThat(wire.post("/form", Map.of(), own).status()).isEqualTo(200);
    assertThat(wire.post("/form", Map.of(), own, "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
    for (String foreign :
        List.of(
            "Origin: null",
            "Origin: https://127.0.0.1:" + server.port(),
            "Origin: http://127.0.0.1",
            "Origin: http://evil.example",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertThat(wire.post("/form", Map.of(), foreign).status()).as(foreign).isEqualTo(403);
    }
    assertThat(
            wire.post("/form", Map.of(), "Origin: http://evil.example", "Sec-Fetch-Site: none")
                .status())
        .isEqualTo(403);
  }

  @Test
  void an_action_needs_its_token_whatever_the_body_is() {
    String cookie = cookie(Role.OPERATOR);
    for (String type :
        List.of("text/plain", "application/json", "multipart/form-data; boundary=x", "")) {
      String raw =
          wire.request("POST", "/act", "{}", cookie, "Content-Type: " + type, "Content-Length: 2");
      assertThat(wire.send(raw).status()).as(type).isIn(400, 403);
    }
  }

  @Test
  void whoever_answers_looks_only_at_our_own_pages() {
    String cookie = cookie(Role.VIEWER);
    assertThat(wire.get("/away?to=/page", cookie).header("Location")).contains("/page");
    for (String to :
        List.of("//evil.example", "/%5Cevil.example", "https://evil.example", "/a%0d%0aX-A:%20b")) {
      Wire.Answer answer = wire.get("/away?to=" + to, cookie);
      assertThat(answer.status()).as(to).isEqualTo(500);
      assertThat(answer.headers()).doesNotContainKeys("location", "x-a");
    }
  }

  @Test
  void a_file_has_a_plain_name_whatever_it_was_made_of() throws IOException {
    String cookie = cookie(Role.VIEWER);
    String request =
        wire.request("GET", "/file?name=" + Wire.encode("a\"b;\r\nX: ü.csv"), "", cookie);
    try (Socket socket = wire.open(request)) {
      byte[] start = socket.getInputStream().readNBytes(2_000);
      assertThat(new String(start, UTF_8)).contains("filename=\"a_b___X___.csv\"");
    }
  }

  @Test
  void slow_readers_of_files_keep_nobody_from_pages() throws IOException {
    String cookie = cookie(Role.VIEWER);
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      slow.add(wire.open(wire.request("GET", "/file", "", cookie)));
    }
    long before = System.nanoTime();
    assertThat(wire.get("/page", cookie).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void nobody_fetches_more_than_two_files_at_once() throws IOException {
    String cookie = cookie(Role.VIEWER);
    String other = cookie(Role.OPERATOR);
    try (Socket one = wire.open(wire.request("GET", "/file", "", cookie));
        Socket two = wire.open(wire.request("GET", "/file", "", cookie))) {
      assertThat(status(one)).isEqualTo(status(two)).isEqualTo("HTTP/1.1 200");
      assertThat(wire.get("/file", cookie).status()).isEqualTo(503);
      assertThat(wire.get("/file", cookie).headers())
          .as("the browser shows the refusal, and saves nothing in place of the file")
          .doesNotContainKey("content-disposition")
          .containsEntry("retry-after", List.of("60"));
      try (Socket others = wire.open(wire.request("GET", "/file", "", other))) {
        assertThat(status(others)).isEqualTo("HTTP/1.1 200");
      }
    }
  }

  @Test
  void no_program_keeps_another_from_reading() throws IOException {
    String token = bearer("one");
    String other = bearer("other");
    try (Socket one = wire.open(wire.request("GET", "/api/lines", "", token));
        Socket two = wire.open(wire.request("GET", "/api/lines", "", token))) {
      assertThat(status(one)).isEqualTo(status(two)).isEqualTo("HTTP/1.1 200");
      assertThat(wire.get("/api/lines", token).status()).isEqualTo(503);
      try (Socket others = wire.open(wire.request("GET", "/api/lines", "", other))) {
        assertThat(status(others)).isEqualTo("HTTP/1.1 200");
      }
    }
  }

  private String bearer(String name) {
    return "Authorization: Bearer "
        + tokens.make(name, Role.VIEWER, Duration.ofDays(1), "somebody").orElseThrow();
  }

  private static String status(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), UTF_8);
  }

  @Test
  void the_token_of_a_path_stands_in_no_log() {
    List<String> lines = new ArrayList<>();
    AbstractAppender appender =
        new AbstractAppender("kept", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage() + event.getThrown());
          }
        };
    appender.start();
    var root = ((LoggerContext) LogManager.getContext(false)).getRootLogger();
    root.addAppender(appender);
    try {
      wire.get("/broken/s3cret-token");
      wire.get("/broken/s3cret-token%zz");
      wire.get("/broken/s3cret-token%00");
      wire.get("/broken/s3cret-token", "Host: evil.example");
      wire.send(wire.request("PUT", "/broken/s3cret-token", ""));
      wire.get("/broken/s3cret-token" + "x".repeat(9_000));
    } finally {
      root.removeAppender(appender);
    }
    assertThat(lines).anyMatch(line -> line.contains("out of order"));
    assertThat(lines).noneMatch(line -> line.contains("s3cret-token"));
  }

  @Test
  void the_site_is_no_place_for_wrong_paths() {
    assertThatThrownBy(() -> new Reply.SignedIn("token", "//evil.example"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
