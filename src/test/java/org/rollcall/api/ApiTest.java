package org.rollcall.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.rollcall.demand.Orders;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.run.Job;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Site;

/** The whole API in front of one service; what shuts an address out comes last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApiTest {
  private static final String GROUP = "Friends & Söhne/1";

  private final Contract contract = new Contract();
  private final Scene scene = Scene.open().guard("2").set("rollcall.service.port", "0");
  private Service service;
  private String url = "";
  private Program viewer;
  private Program operator;
  private Program administrator;

  @BeforeAll
  void the_service_runs() {
    scene
        .source()
        .put(
            IntStream.range(0, 8)
                .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                .toList());
    scene.source().put(SourceRow.person("a/b c?ä", GROUP, "odd@example.org"));
    service = Service.start(scene.hub(), Clock.systemUTC());
    url = "http://127.0.0.1:" + service.port();
    Program nobody = new Program(url, contract, "");
    viewer = nobody.with(token(Role.VIEWER));
    operator = nobody.with(token(Role.OPERATOR));
    administrator = nobody.with(token(Role.ADMINISTRATOR));
  }

  private String token(Role role) {
    return scene
        .hub()
        .apiTokens()
        .make(role.word(), role, Duration.ofDays(1), "somebody")
        .orElseThrow();
  }

  @AfterAll
  void all_close() {
    service.close();
    scene.close();
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private JsonNode synced() throws InterruptedException {
    JsonNode order = operator.done(operator.post("/syncs/chamber/runs", "{}"));
    assertThat(order.path("state").asText()).as(order.toString()).isEqualTo("done");
    return order;
  }

  @Test
  void what_exists_and_what_the_contract_says_are_the_same_and_need_the_same_role() {
    Site site = new Site();
    try (Orders orders =
            new Orders(
                scene.hub().store(), scene.hub().audit(), scene.hub().syncs(), Clock.systemUTC());
        Api api =
            Api.mount(
                site,
                scene.hub(),
                orders,
                sync -> java.util.Optional.empty(),
                Map::of,
                Clock.systemUTC())) {
      List<String> existing =
          site.entries().stream()
              .map(
                  entry ->
                      entry.method()
                          + " "
                          + entry
                              .path()
                              .substring(Doors.ROOT.length())
                              .replaceAll(":([a-z]+)", "{$1}")
                          + " "
                          + (entry.role() == null ? "" : entry.role().word()))
              .toList();
      assertThat(existing)
          .containsExactlyInAnyOrderElementsOf(
              contract.operations().stream()
                  .map(operation -> operation + " " + contract.role(operation))
                  .toList());
      assertThat(site.entries()).allMatch(entry -> entry.door() == Site.Door.BEARER);
    }
  }

  @Test
  @Order(1)
  void a_sync_is_started_and_followed_by_its_events_to_its_end() throws Exception {
    try (Stream<String> stream = viewer.lines(viewer.request("/events").GET())) {
      Iterator<String> lines = stream.iterator();
      assertThat(lines.next()).startsWith("retry: ");
      HttpResponse<String> placed =
          operator.post("/syncs/chamber/runs", "{\"jobs\":[\"contacts\",\"lists\"]}");
      assertThat(placed.statusCode()).isEqualTo(202);
      JsonNode first = viewer.await(lines, "run.started");
      JsonNode listsEnded = viewer.await(lines, "run.finished");
      JsonNode second = viewer.await(lines, "run.started");
      JsonNode ended = viewer.await(lines, "run.finished");
      assertThat(first.path("job").asText()).isEqualTo("lists");
      assertThat(second.path("job").asText()).isEqualTo("contacts");
      assertThat(ended.path("run").asLong()).isEqualTo(second.path("run").asLong());
      assertThat(ended.path("state").asText()).isEqualTo("completed");
      JsonNode order = operator.done(placed);
      assertThat(order.path("runs").toString())
          .isEqualTo("[" + first.path("run") + "," + second.path("run") + "]");

      HttpRequest.Builder again =
          viewer
              .request("/events?sync=chamber")
              .header("Last-Event-ID", listsEnded.path("event").asText())
              .GET();
      try (Stream<String> missed = viewer.lines(again)) {
        assertThat(viewer.await(missed.iterator(), "run.started")).isEqualTo(second);
      }
    }
  }

  @Test
  void whoever_knows_events_that_a_restored_database_does_not_hears_what_is_new() throws Exception {
    HttpRequest.Builder ahead =
        viewer.request("/events").header("Last-Event-ID", "999999999").GET();
    try (Stream<String> stream = viewer.lines(ahead)) {
      Iterator<String> lines = stream.iterator();
      assertThat(lines.next()).startsWith("retry: ");
      synced();
      assertThat(viewer.await(lines, "run.started").path("sync").asText()).isEqualTo("chamber");
    }
  }

  @Test
  void progress_is_told_and_a_revoked_token_hears_no_more() {
    String token =
        scene
            .hub()
            .apiTokens()
            .make("listener", Role.VIEWER, Duration.ofDays(1), "somebody")
            .orElseThrow();
    Program listener = viewer.with(token);
    try (Stream<String> stream = listener.lines(listener.request("/events").GET())) {
      Iterator<String> lines = stream.iterator();
      assertThat(lines.next()).startsWith("retry: ");
      scene.tell(
          "INSERT INTO run (account_id, sync_id, job, state, started_at)"
              + " SELECT account_id, sync_id, 'contacts', 'running', now() FROM sync");
      scene.tell(
          "INSERT INTO run_progress (run_id, phase, done, todo, since, at)"
              + " SELECT max(run_id), 'sending', 3, 9, now(), now() FROM run");
      JsonNode progress = listener.await(lines, "run.progress");
      assertThat(progress.path("doing").asText() + progress.path("done") + progress.path("of"))
          .isEqualTo("sending39");

      assertThat(scene.hub().apiTokens().revoke("listener")).isTrue();
      while (lines.hasNext()) {
        lines.next();
      }
    } finally {
      scene.tell("DELETE FROM run_progress");
      scene.tell("UPDATE run SET state = 'failed', finished_at = now() WHERE state = 'running'");
    }
    assertThat(listener.get("/syncs").statusCode()).isEqualTo(401);
  }

  @Test
  void every_operation_answers_as_the_contract_says() throws Exception {
    synced();
    assertThat(viewer.read("/syncs").at("/syncs/0/runs")).isNotEmpty();
    assertThat(viewer.read("/syncs/chamber").path("account").asText()).isEqualTo("main");
    assertThat(viewer.read("/syncs/chamber/groups").path("groups")).hasSize(2);
    assertThat(keys("/syncs/chamber/members", "members", "memberKey"))
        .isEqualTo(keys("/syncs/chamber/members?limit=1000", "members", "memberKey"))
        .hasSize(9);
    assertThat(keys("/syncs/chamber/members?group=" + encoded(GROUP), "members", "memberKey"))
        .containsExactly("a/b c?ä");
    assertThat(lines("/syncs/chamber/members")).hasSize(9);
    JsonNode member = viewer.read("/syncs/chamber/members/" + encoded("a/b c?ä"));
    assertThat(member.at("/statuses/0/status").asText()).isEqualTo("synced");
    assertThat(member.path("steps")).isNotEmpty();

    JsonNode planned = dryRun();
    assertThat(keys("/runs/" + planned.path("run") + "/plan", "changes", "memberKey")).hasSize(3);
    assertThat(lines("/runs/" + planned.path("run") + "/plan")).hasSize(3);
    assertThat(viewer.read("/runs?sync=chamber&job=contacts&state=planned").path("runs"))
        .isNotEmpty();
    assertThat(keys("/runs", "runs", "run")).doesNotHaveDuplicates().hasSizeGreaterThan(3);

    held();
    toDo();
    history();
    JsonNode account = viewer.read("/accounts").at("/accounts/0");
    assertThat(account.path("connected").asBoolean()).isTrue();
    assertThat(account.path("usedToday").asInt()).isPositive();
    assertThat(viewer.read("/health").path("status").asText()).isEqualTo("up");
    assertThat(viewer.with("").get("/openapi.yaml").body())
        .isEqualTo(Files.readString(Path.of("src/main/resources/api/openapi.yaml")));

    Set<String> unseen = new TreeSet<>(contract.operations());
    unseen.removeAll(contract.seen());
    assertThat(unseen).as("never seen to succeed").containsOnly("GET /events");
  }

  /** Three members have left. */
  private JsonNode dryRun() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      scene.source().remove(SourceRow.person("m" + i, "Board", null));
    }
    JsonNode order =
        operator.done(
            operator.post("/syncs/chamber/runs", "{\"dryRun\":true,\"jobs\":[\"contacts\"]}"));
    return viewer.read("/runs/" + order.at("/runs/0"));
  }

  private void held() throws InterruptedException {
    JsonNode run = viewer.read("/runs/" + synced().at("/runs/1"));
    assertThat(run.path("state").asText()).isEqualTo("held");
    assertThat(operator.post("/runs/" + run.path("run") + "/reject", "").statusCode())
        .isEqualTo(200);
    assertThat(operator.post("/runs/" + run.path("run") + "/approve", "").statusCode())
        .isEqualTo(409);
    JsonNode again = viewer.read("/runs/" + synced().at("/runs/1"));
    JsonNode order = operator.done(operator.post("/runs/" + again.path("run") + "/approve", "{}"));
    JsonNode removed = viewer.read("/runs/" + order.at("/runs/0"));
    assertThat(removed.at("/counts/removeFromList").asInt()).isEqualTo(3);
    JsonNode undo =
        operator.done(operator.post("/runs/" + removed.path("run") + "/undo", "{\"dryRun\":true}"));
    assertThat(viewer.read("/runs/" + undo.at("/runs/0")).path("undoes").asLong())
        .isEqualTo(removed.path("run").asLong());
    assertThat(scene.hub().audit().entries(Long.MAX_VALUE, 50))
        .extracting(Audit.Entry::who, Audit.Entry::through, Audit.Entry::what)
        .contains(
            org.assertj.core.groups.Tuple.tuple("token operator", "api", "approved a plan"),
            org.assertj.core.groups.Tuple.tuple("token operator", "api", "asked for a run"));
  }

  private void toDo() throws InterruptedException {
    for (String member : List.of("m5", "m4")) {
      scene.tell(
          "INSERT INTO dead_letter (account_id, sync_id, kind, member_key, payload, cause, remedy,"
              + " at) SELECT account_id, sync_id, 'record', '"
              + member
              + "', '"
              + member
              + "@example.org', 'refused', 'correct it', now() FROM sync");
    }
    List<String> letters = keys("/dead-letters?sync=chamber", "deadLetters", "id");
    assertThat(letters).hasSize(2);
    assertThat(viewer.read("/dead-letters/" + letters.get(0)).has("payload")).isFalse();
    assertThat(operator.read("/dead-letters/" + letters.get(0)).path("payload").asText())
        .isEqualTo("m5@example.org");
    assertThat(operator.post("/dead-letters/" + letters.get(0) + "/dismiss", "").statusCode())
        .isEqualTo(200);
    assertThat(operator.post("/dead-letters/" + letters.get(0) + "/replay", "").statusCode())
        .isEqualTo(409);
    operator.done(operator.post("/dead-letters/" + letters.get(1) + "/replay", ""));

    scene.provider().editContact("m6@example.org", Edit.address("m6@elsewhere.example"));
    synced();
    JsonNode conflict = viewer.read("/conflicts?sync=chamber").at("/conflicts/0");
    assertThat(conflict.path("memberKey").asText()).isEqualTo("m6");
    assertThat(operator.post("/syncs/chamber/conflicts/m6", "{\"keep\":\"source\"}").statusCode())
        .isEqualTo(200);
    assertThat(operator.post("/syncs/chamber/conflicts/m6", "{\"keep\":\"source\"}").statusCode())
        .isEqualTo(404);
  }

  private void history() throws InterruptedException {
    scene.unsubscribes("m7@example.org");
    synced();
    JsonNode consents = viewer.read("/syncs/chamber/consents");
    assertThat(consents.at("/consents/0/memberKey").asText()).isEqualTo("m7");
    assertThat(consents.path("more").asBoolean()).isFalse();
    String next = consents.path("next").asText();
    assertThat(viewer.read("/syncs/chamber/consents?after=" + next).path("consents")).isEmpty();
    assertThat(viewer.read("/syncs/chamber/consents?after=" + next).path("next").asText())
        .isEqualTo(next);
    assertThat(lines("/syncs/chamber/consents?member=m7&since=2020-01-01")).hasSize(1);
    assertThat(viewer.read("/syncs/chamber/consents?since=2099-01-01").path("consents")).isEmpty();

    scene.provider().campaigns().send("News", List.of("Board"), 7);
    scene.provider().advanceClock(Duration.ofDays(2));
    scene.provider().expireAccessTokens();
    operator.done(operator.post("/syncs/chamber/runs", "{\"jobs\":[\"activities\"]}"));
    String campaign =
        viewer.read("/syncs/chamber/campaigns").at("/campaigns/0/campaignId").asText();
    String path = "/syncs/chamber/activities?campaign=" + campaign;
    assertThat(keys(path, "activities", "at")).hasSameSizeAs(lines(path)).hasSizeGreaterThan(3);
    assertThat(viewer.read("/syncs/chamber/activities?member=m5").path("activities")).isNotEmpty();
  }

  /** One value of each item, over pages of two unless a limit is given. */
  private List<String> keys(String path, String list, String value) {
    List<String> keys = new ArrayList<>();
    String more = path + (path.contains("?") ? "&" : "?");
    String url = path.contains("limit=") ? path : more + "limit=2";
    for (int i = 0; i < 100; i++) {
      JsonNode page = viewer.read(url);
      page.path(list).forEach(item -> keys.add(item.path(value).asText()));
      if (page.path("next").isNull()) {
        return keys;
      }
      assertThat(url).doesNotContain("@");
      assertThat(page.path(list)).hasSizeLessThanOrEqualTo(2);
      url = more + "limit=2&after=" + page.path("next").asText();
    }
    throw new AssertionError("the pages never end: " + path);
  }

  private List<String> lines(String path) {
    HttpResponse<String> response =
        viewer.send(viewer.request(path).header("Accept", Request.NDJSON).GET());
    contract.checkResponse(contract.operationOf("GET", path.replaceFirst("\\?.*", "")), response);
    return response.body().lines().toList();
  }

  /** What stands for a thing in the path that is not there. */
  private static String nowhere(String operation) {
    return operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[^}]+}", "999");
  }

  private HttpResponse<String> asked(Program program, String operation) {
    return program.send(
        program
            .request(nowhere(operation))
            .method(operation.substring(0, operation.indexOf(' ')), Program.of("")));
  }

  @Test
  void each_operation_is_for_its_role_and_the_ones_above() {
    Map<Role, Program> programs =
        Map.of(Role.VIEWER, viewer, Role.OPERATOR, operator, Role.ADMINISTRATOR, administrator);
    for (String operation : contract.operations()) {
      String needed = contract.role(operation);
      if (needed.isEmpty() || operation.equals("GET /events")) {
        continue;
      }
      HttpResponse<String> stranger = asked(viewer.with(""), operation);
      assertThat(stranger.statusCode()).as(operation).isEqualTo(401);
      assertThat(stranger.headers().firstValue("WWW-Authenticate").orElse(""))
          .isEqualTo("Bearer realm=\"rollcall\"");
      contract.checkResponse(operation, stranger);
      programs.forEach(
          (role, program) -> {
            HttpResponse<String> answer = asked(program, operation);
            contract.checkResponse(operation, answer);
            boolean may = role.may(Role.of(needed));
            assertThat(answer.statusCode() == 403).as(role + " " + operation).isEqualTo(!may);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .isEqualTo(
                    may
                        ? ""
                        : "Bearer realm=\"rollcall\", error=\"insufficient_scope\", scope=\""
                            + needed
                            + "\"");
          });
    }
  }

  @Test
  void what_may_be_given_is_what_the_contract_says() {
    for (String operation : contract.operations()) {
      if (operation.endsWith("openapi.yaml")) {
        continue;
      }
      boolean post = operation.startsWith("POST");
      Set<String> known = post ? contract.fields(operation) : contract.queries(operation);
      HttpResponse<String> answer =
          post
              ? operator.post(nowhere(operation), "{\"nonsense\":1}")
              : operator.get(nowhere(operation) + "?nonsense=1");
      assertThat(answer.statusCode()).as(operation).isEqualTo(422);
      assertThat(Program.json(answer).path("remedy").asText())
          .as(operation)
          .isEqualTo(known.isEmpty() ? "Leave it out." : "Use " + String.join(", ", known) + ".");
    }
  }

  @Test
  void wrong_input_of_each_kind_is_told_with_a_remedy() {
    refused(404, operator.get("/syncs/nosuch"), "sync");
    refused(404, operator.get("/runs/999999999999"), "run");
    refused(404, operator.get("/runs/abc"), "number");
    refused(404, operator.get("/runs/99999999999999999999999"), "number");
    refused(404, operator.get("/syncs/chamber/members/nobody"), "member");
    refused(404, operator.get("/orders/999999"), "order");
    refused(404, operator.post("/dead-letters/999999/replay", ""), "dead letter");
    refused(422, operator.get("/runs?limit=0"), "limit");
    refused(422, operator.get("/runs?limit=1001"), "limit");
    refused(422, operator.get("/runs?state=ended"), "state");
    refused(422, operator.get("/runs?limit=5&limit=6"), "twice");
    refused(400, operator.get("/runs?after=garbage!"), "cursor");
    refused(400, operator.get("/runs?after=WyJ4Il0"), "cursor");
    refused(400, operator.get("/syncs/chamber/members?after=bnVsbA"), "cursor");
    refused(422, operator.get("/syncs/chamber/consents?since=yesterday"), "date");
    refused(422, operator.get("/syncs/chamber/consents?since=%2B999999-01-01T00:00:00Z"), "date");
    refused(
        400,
        operator.get(
            "/syncs/chamber/activities?member=m1&after="
                + Answers.cursor("+1000000000-12-31T23:59:59Z", "1", "m1")),
        "cursor");
    refused(422, operator.get("/syncs/chamber/activities"), "member");
    refused(400, operator.get("/syncs/chamber/members?group=a%00b"), "read");
    refused(400, operator.post("/syncs/chamber/runs", "{\"jobs\":"), "JSON");
    refused(400, operator.post("/syncs/chamber/runs", "[]"), "object");
    refused(400, operator.post("/syncs/chamber/runs", "{} {}"), "JSON");
    refused(422, operator.post("/syncs/chamber/runs", "{\"jobs\":\"lists\"}"), "array");
    refused(422, operator.post("/syncs/chamber/runs", "{\"jobs\":[\"undo\"]}"), "job");
    refused(422, operator.post("/syncs/chamber/runs", "{\"jobs\":[\"lists\",\"lists\"]}"), "twice");
    refused(422, operator.post("/syncs/chamber/runs", "{\"dryRun\":\"yes\"}"), "dryRun");
    refused(422, operator.post("/syncs/chamber/runs", "{\"group\":\"\"}"), "group");
    refused(422, operator.post("/syncs/chamber/conflicts/m1", "{\"keep\":\"both\"}"), "keep");
  }

  private static void refused(int status, HttpResponse<String> answer, String about) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Program.json(answer).path("detail").asText()).contains(about);
    assertThat(Program.json(answer).path("remedy").asText()).isNotBlank();
  }

  @Test
  void http_is_spoken_as_rfc_9110_says() {
    HttpResponse<String> head =
        viewer.send(viewer.request("/syncs").method("HEAD", Program.of("")));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();

    HttpResponse<String> deleted = viewer.send(viewer.request("/syncs").DELETE());
    refused(405, deleted, "this way");
    assertThat(deleted.headers().firstValue("Allow").orElse("")).isEqualTo("GET, HEAD");
    HttpResponse<String> options =
        viewer
            .with("")
            .send(
                viewer
                    .with("")
                    .request("/syncs/chamber/runs")
                    .header("Origin", "https://elsewhere.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", Program.of("")));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));

    HttpResponse<String> nothing = viewer.send(viewer.request("/nothing").GET());
    refused(404, nothing, "no such path");
    assertThat(Program.json(nothing).path("remedy").asText())
        .isEqualTo("GET /api/v1/openapi.yaml says what there is.");
    refused(
        406,
        viewer.send(viewer.request("/syncs").header("Accept", "text/html, */*;q=0").GET()),
        "type");
    refused(
        415,
        operator.send(
            operator
                .request("/syncs/chamber/runs")
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(Program.of("dryRun=true"))),
        "JSON");
    refused(
        413,
        operator.send(operator.request("/syncs/chamber/runs").POST(Program.of(" ".repeat(70_000)))),
        "too much");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void only_a_good_token_in_the_header_opens() {
    String spent =
        scene
            .hub()
            .apiTokens()
            .make("spent", Role.VIEWER, Duration.ofNanos(1000), "somebody")
            .orElseThrow();
    HttpResponse<String> expired = viewer.with(spent).get("/syncs");
    assertThat(expired.statusCode()).isEqualTo(401);
    assertThat(expired.headers().firstValue("WWW-Authenticate").orElse(""))
        .isEqualTo("Bearer realm=\"rollcall\", error=\"invalid_token\"");
    String session =
        scene
            .hub()
            .sessions()
            .begin(
                scene
                    .hub()
                    .users()
                    .invite("Ann", Role.ADMINISTRATOR)
                    .flatMap(link -> scene.hub().users().find("Ann"))
                    .orElseThrow());
    Program nobody = viewer.with("");
    assertThat(
            nobody
                .send(nobody.request("/syncs").header("Cookie", "rollcall=" + session).GET())
                .statusCode())
        .isEqualTo(401);
    assertThat(nobody.send(nobody.request("/syncs?access_token=x").GET()).statusCode())
        .isEqualTo(401);
    assertThat(
            viewer
                .send(viewer.request("/syncs").header("Authorization", "Bearer rc_other").GET())
                .statusCode())
        .as("two tokens are none")
        .isEqualTo(401);
    assertThat(scene.ask("SELECT count(*) FROM api_token t WHERE t::text LIKE '%rc\\_%'"))
        .isEqualTo("0");

    assertThat(viewer.get("/syncs").statusCode()).isEqualTo(200);
    HttpResponse<String> last = expired;
    for (int i = 0; i < 11; i++) {
      last = viewer.with("rc_wrong" + i).get("/syncs");
    }
    refused(429, last, "wrong tokens");
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    assertThat(viewer.get("/syncs").statusCode()).isEqualTo(200);
  }

  @Test
  void the_same_key_starts_a_run_once() throws InterruptedException {
    String body = "{\"jobs\":[\"lists\"]}";
    HttpResponse<String> first = withKey("one", body);
    HttpResponse<String> second = withKey("one", body);
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(Program.json(second).path("order")).isEqualTo(Program.json(first).path("order"));
    refused(422, withKey("one", "{\"jobs\":[\"contacts\"]}"), "something else");
    refused(400, withKey("a b", body), "Idempotency-Key");
    JsonNode done = operator.done(first);
    assertThat(done.path("runs")).hasSize(1);
    assertThat(Program.json(withKey("one", body)).path("runs")).isEqualTo(done.path("runs"));
    assertThat(Program.json(withKey("two", body)).path("order"))
        .isNotEqualTo(Program.json(first).path("order"));
  }

  private HttpResponse<String> withKey(String key, String body) {
    return operator.send(
        operator
            .request("/syncs/chamber/runs")
            .header("Idempotency-Key", key)
            .POST(Program.of(body)));
  }

  @Test
  void a_group_that_is_not_there_fails_the_order_in_words() throws InterruptedException {
    JsonNode order = operator.done(operator.post("/syncs/chamber/runs", "{\"group\":\"Nowhere\"}"));
    assertThat(order.path("state").asText()).isEqualTo("failed");
    assertThat(order.path("error").asText()).contains("Nowhere");
  }

  @Test
  void a_run_of_the_command_line_is_told_as_well() {
    try (Stream<String> stream = viewer.lines(viewer.request("/events").GET())) {
      Iterator<String> lines = stream.iterator();
      assertThat(lines.next()).startsWith("retry: ");
      try (var other = scene.another(Map.of())) {
        other
            .syncs()
            .run(Scene.SYNC, List.of(Job.LISTS), Scope.ALL, org.rollcall.run.Progress.NONE);
      }
      assertThat(viewer.await(lines, "run.finished").path("job").asText()).isEqualTo("lists");
    }
  }

  @Test
  void the_examples_of_the_docs_work() throws Exception {
    String token =
        scene.hub().apiTokens().make("docs", Role.OPERATOR, Duration.ofDays(1), "me").orElseThrow();
    Matcher examples =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/api.md")));
    int count = 0;
    while (examples.find()) {
      ProcessBuilder shell =
          new ProcessBuilder("bash", "-euo", "pipefail", "-c", examples.group(1))
              .redirectErrorStream(true);
      shell.environment().putAll(Map.of("ROLLCALL", url, "TOKEN", token));
      Process process = shell.start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(examples.group(1) + said).isZero();
      assertThat(said).as(examples.group(1)).containsAnyOf("{", "retry:");
      count++;
    }
    assertThat(count).isEqualTo(5);
  }
}
