package org.rollcall.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.TestClock;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Fault;
import org.rollcall.settings.SettingsException;
import org.rollcall.web.Site;
import org.rollcall.web.WebServer;

/** Real hubs on one database, with a stand-in provider; only the schedule's clock is moved. */
class ServiceTest {
  /** Half past ten in the evening in Chicago, before a night without any change of the clock. */
  private static final Instant EVENING = Instant.parse("2026-06-02T03:30:00Z");

  private static final Instant ELEVEN = Instant.parse("2026-06-02T04:00:00Z");

  private final TestClock clock = new TestClock(EVENING);

  @TempDir Path home;
  private Town town;

  @BeforeEach
  void the_town_has_a_nightly_sync() throws IOException, SQLException {
    town = new Town(home, Town.quick());
    town.set("syncs.town.schedule", "0 0 23 * * ?").set("syncs.town.window", "23:00-04:00");
    town.populate(40, 2);
  }

  @AfterEach
  void the_town_closes() {
    town.close();
  }

  @Test
  void lists_and_contacts_run_in_one_firing_when_the_time_comes() {
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      service.look();
      assertThat(runs()).isZero();

      clock.set(ELEVEN);
      service.look();

      fired(1);
      assertThat(hub.runs().latest("town", Job.LISTS).orElseThrow().state())
          .isEqualTo(RunState.COMPLETED);
      assertThat(hub.runs().latest("town", Job.CONTACTS).orElseThrow().state())
          .isEqualTo(RunState.COMPLETED);
      assertThat(town.sandbox.control().lists()).hasSize(2);
    }
  }

  @Test
  void the_routes_look_by_themselves_and_are_there_to_be_seen() {
    clock.set(ELEVEN.minusSeconds(60));
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      clock.set(ELEVEN);
      assertThat(hub.camel().getRoute("schedule-town").getEndpoint().getEndpointUri())
          .startsWith("quartz://schedule/town")
          .contains("cron=", "trigger.timeZone=America");
      assertThat(service.scheduled()).isOne();
      fired(1);
    }
  }

  @Test
  void activities_have_a_schedule_of_their_own_and_no_window() {
    town.set("syncs.town.activities-schedule", "0 45 22 * * ?");
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      clock.set(ELEVEN.minusSeconds(60));
      service.look();
      Town.until("a run", () -> town.count("SELECT count(*) FROM fire WHERE state = 'done'") == 1);
      assertThat(hub.runs().latest("town", Job.ACTIVITIES).orElseThrow().state())
          .isEqualTo(RunState.COMPLETED);
      assertThat(hub.runs().latest("town", Job.CONTACTS)).isEmpty();
      clock.set(ELEVEN);
      service.look();
      Town.until("both", () -> town.count("SELECT count(*) FROM fire WHERE state = 'done'") == 2);
      assertThat(hub.runs().latest("town", Job.CONTACTS)).isPresent();
    }
  }

  @Test
  void two_hubs_on_one_database_run_a_sync_once() {
    try (Hub one = town.hub();
        Hub other = town.hub();
        Service first = Service.start(one, clock);
        Service second = Service.start(other, clock)) {
      clock.set(ELEVEN);
      for (int i = 0; i < 20; i++) {
        first.look();
        second.look();
      }
      fired(1);
      first.look();
      second.look();
    }
    assertThat(town.count("SELECT max(attempts) FROM fire")).isOne();
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void a_run_missed_while_nothing_ran_is_made_up_once_inside_the_window() {
    try (Hub hub = town.hub()) {
      Service.start(hub, clock).close();
    }
    clock.set(ELEVEN.plus(Duration.ofHours(3)));
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      service.look();
      fired(1);
    }
    clock.move(Duration.ofMinutes(30));
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      service.look();
    }
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void a_run_whose_window_has_closed_waits_for_the_next_night() {
    try (Hub hub = town.hub()) {
      Service.start(hub, clock).close();
    }
    clock.set(ELEVEN.plus(Duration.ofHours(5)));
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      service.look();
      assertThat(town.count("SELECT count(*) FROM fire WHERE state = 'missed'")).isOne();
      assertThat(runs()).isZero();

      clock.set(ELEVEN.plus(Duration.ofDays(1)));
      service.look();
      fired(1);
    }
  }

  @Test
  void a_sync_by_hand_during_a_firing_gets_its_outcome_instead_of_a_second_run() throws Exception {
    slowJobs(Duration.ofSeconds(2));
    try (Hub hub = town.hub();
        Hub other = town.hub();
        Service service = Service.start(hub, clock)) {
      Syncs hand = other.syncs();
      clock.set(ELEVEN);
      service.look();
      Town.until("a batch is under way", () -> openBatches() > 0);

      List<Runs.Record> given =
          CompletableFuture.supplyAsync(
                  () -> hand.run("town", Job.OF_A_SYNC, Scope.ALL, Progress.NONE))
              .get();

      fired(1);
      assertThat(runs()).isEqualTo(2);
      assertThat(given).extracting(Runs.Record::state).containsOnly(RunState.COMPLETED);
      assertThat(given.get(1).id())
          .isEqualTo(hub.runs().latest("town", Job.CONTACTS).orElseThrow().id());
    }
  }

  @Test
  void a_run_that_is_stopped_leaves_nothing_open_and_the_next_start_completes_it() {
    slowFirstCall();
    slowJobs(Duration.ofMinutes(10));
    try (Hub hub = town.hub()) {
      Service service = Service.start(hub, clock);
      clock.set(ELEVEN);
      service.look();
      Town.until("a batch is under way", () -> openBatches() > 0);
      long began = System.nanoTime();

      assertThat(service.stop()).isTrue();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      Runs.Record stopped = hub.runs().latest("town", Job.CONTACTS).orElseThrow();
      assertThat(stopped.state()).isEqualTo(RunState.PARTIAL);
      assertThat(stopped.error()).isEqualTo("Rollcall was stopped; the next run sends the rest");
      assertThat(town.count("SELECT count(*) FROM lease WHERE until > clock_timestamp()")).isZero();
      assertThat(town.count("SELECT count(*) FROM fire WHERE state = 'stopped'")).isOne();
      assertThat(town.count("SELECT count(*) FROM batch WHERE state = 'intended'")).isZero();
      assertThat(openBatches()).as("jobs at the provider that nobody waits for").isOne();
    }
    town.sandbox.control().advanceClock(Duration.ofMinutes(20));
    slowJobs(Duration.ofMillis(50));
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      service.look();
      fired(1);
      assertThat(hub.runs().latest("town", Job.CONTACTS).orElseThrow().state())
          .isEqualTo(RunState.COMPLETED);
    }
    assertThat(town.sandbox.control().lists())
        .allSatisfy(list -> assertThat(list.members()).isPositive());
    assertThat(town.count("SELECT count(*) FROM member_status WHERE status <> 'synced'")).isZero();
  }

  @Test
  void at_the_end_of_the_window_what_was_begun_is_finished_and_the_rest_is_parked() {
    slowFirstCall();
    slowJobs(Duration.ofMinutes(10));
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      clock.set(ELEVEN);
      service.look();
      Town.until("a batch is under way", () -> openBatches() > 0);
      clock.set(ELEVEN.plus(Duration.ofHours(5)));
      Town.until(
          "the call in hand has ended",
          () -> town.count("SELECT count(*) FROM batch WHERE state = 'accepted'") == 1);
      town.sandbox.control().advanceClock(Duration.ofMinutes(20));

      fired(1);
      Runs.Record parked = hub.runs().latest("town", Job.CONTACTS).orElseThrow();
      assertThat(parked.state()).isEqualTo(RunState.PARTIAL);
      assertThat(parked.error())
          .isEqualTo(
              "the window closed at 04:00 (America/Chicago); what is left waits for the next run");
      assertThat(openBatches()).isZero();
      assertThat(town.count("SELECT count(*) FROM member_status WHERE status = 'synced'"))
          .isPositive();
      assertThat(town.count("SELECT count(*) FROM member_status WHERE status = 'pending'"))
          .isPositive();
    }
  }

  @Test
  void the_service_says_how_it_is_without_a_secret() throws Exception {
    try (Hub hub = town.hub()) {
      Service service = Service.start(hub, clock);
      clock.set(ELEVEN);
      service.look();
      fired(1);

      assertThat(get(service, "/live").statusCode()).isEqualTo(200);
      assertThat(get(service, "/ready").statusCode()).isEqualTo(200);
      assertThat(get(service, "/nothing").statusCode()).isEqualTo(404);
      HttpResponse<String> health = get(service, "/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body())
          .contains("\"token\":\"connected\"", "\"next\":\"2026-06-03T04:00:00Z\"")
          .doesNotContain(hub.tokens().accessToken(hub.settings().account("main")))
          .doesNotContain("sandbox-secret");

      hub.camel().getRouteController().stopRoute("town-members");
      assertThat(get(service, "/ready").body()).contains("the route town-members is not running");
      assertThat(get(service, "/ready").statusCode()).isEqualTo(503);
      assertThat(get(service, "/live").statusCode()).isEqualTo(200);
      hub.camel().getRouteController().startRoute("town-members");
      assertThat(get(service, "/ready").statusCode()).isEqualTo(200);

      hub.store().pool().unwrap(com.zaxxer.hikari.HikariDataSource.class).close();
      assertThat(get(service, "/ready").body()).contains("the database cannot be reached");
      assertThat(get(service, "/live").statusCode()).isEqualTo(200);
      service.close();
    }
  }

  @Test
  void a_service_that_has_not_started_yet_says_so() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Hub hub = town.hub();
        WebServer server =
            WebServer.bind(hub.settings().service(), hub.sessions(), hub.apiTokens())) {
      Site site = new Site();
      HealthPages.mount(site, new Health(hub, clock, threads));
      server.serve(site);

      assertThat(get(server.port(), "/live").statusCode()).isEqualTo(200);
      assertThat(get(server.port(), "/started").statusCode()).isEqualTo(503);
      HttpResponse<String> ready = get(server.port(), "/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("the routes have not been started");
      assertThat(get(server.port(), "/health").statusCode()).isEqualTo(503);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void health_tells_the_remedy_when_an_account_has_to_be_connected_again() throws Exception {
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      hub.tokens().accessToken(hub.settings().account("main"));
      assertThat(get(service, "/health").body())
          .contains("\"token\":\"connected\"")
          .doesNotContain("remedy");

      town.count("UPDATE account_token SET state = 'reconnect' RETURNING 1");
      HttpResponse<String> health = get(service, "/health");
      assertThat(health.statusCode()).as("it is not the service's trouble").isEqualTo(200);
      assertThat(health.body())
          .contains("\"token\":\"to be connected again\"")
          .contains("\"remedy\":\"run rollcall connect main\"");
    }
  }

  @Test
  void a_port_in_use_is_refused_with_a_sentence_before_anything_starts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Hub hub = town.set("service.port", "" + taken.getLocalPort()).hub()) {
      assertThatThrownBy(() -> Service.start(hub, clock))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("rollcall.service.port");
      assertThatThrownBy(hub::camel).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void a_route_that_an_integrator_broke_is_refused_with_its_line() throws IOException {
    Path route = home.resolve("routes/town-members.camel.yaml");
    Files.writeString(
        route, Files.readString(route).replace("kamelet:jdbc-mem", "kamelet:jdbcmem"));
    try (Hub hub = town.hub()) {
      assertThatThrownBy(() -> Service.start(hub, clock))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("routes/town-members.camel.yaml:8");
      assertThatThrownBy(hub::syncs)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("routes/town-members.camel.yaml:8");
    }
    assertThat(runs()).isZero();
  }

  @Test
  void a_schedule_that_never_comes_inside_its_window_is_refused() {
    try (Hub hub = town.set("syncs.town.schedule", "0 0 12 * * ?").hub()) {
      assertThatThrownBy(() -> Service.start(hub, clock))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("rollcall.syncs.town.schedule")
          .hasMessageContaining("never fires inside the window");
    }
  }

  @Test
  void a_sync_that_fails_does_not_keep_another_from_running() throws IOException {
    Files.writeString(
        home.resolve("routes/broken-members.camel.yaml"),
        Files.readString(home.resolve("routes/town-members.camel.yaml"))
            .replace("town-members", "broken-members")
            .replace("FROM member", "FROM nowhere"));
    town.set("syncs.broken.account", "main")
        .set("syncs.broken.members", "direct:broken-members")
        .set("syncs.broken.time-zone", "America/Chicago")
        .set("syncs.broken.schedule", "0 0 23 * * ?");
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      clock.set(ELEVEN);
      service.look();
      fired(2);
      assertThat(hub.runs().latest("broken", Job.LISTS).orElseThrow().state())
          .isEqualTo(RunState.FAILED);
      assertThat(hub.runs().latest("town", Job.CONTACTS).orElseThrow().state())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void a_schedule_whose_route_was_stopped_begins_nothing_until_it_is_started() throws Exception {
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      hub.camel().getRouteController().stopRoute("schedule-town");
      clock.set(ELEVEN);
      service.look();
      assertThat(town.count("SELECT count(*) FROM fire")).isZero();

      hub.camel().getRouteController().startRoute("schedule-town");
      service.look();
      fired(1);
    }
  }

  @Test
  void a_paused_schedule_begins_nothing_also_after_a_restart_until_it_is_resumed() {
    ObjectName sync = bean("org.rollcall:type=Sync,name=town");
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      invoke(sync, "pause");
    }
    clock.set(ELEVEN);
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      service.look();
      assertThat(town.count("SELECT count(*) FROM fire")).isZero();

      invoke(sync, "resume");
      service.look();
      fired(1);
    }
  }

  private static ObjectName bean(String name) {
    try {
      return new ObjectName(name);
    } catch (JMException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void invoke(ObjectName bean, String operation) {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(bean, operation, new Object[0], new String[0]);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /** The first of two import calls takes its time, so that a test can do something meanwhile. */
  private void slowFirstCall() {
    town.sandbox
        .control()
        .addFault(
            Fault.of("POST", "/v3/activities/contacts_json_import", Fault.Effect.DELAY)
                .withDelay(Duration.ofSeconds(2)));
  }

  private void slowJobs(Duration delay) {
    town.sandbox.control().options(town.sandbox.control().options().withJobDelay(delay));
  }

  private void fired(int times) {
    Town.until(
        times + " firings are done",
        () -> town.count("SELECT count(*) FROM fire WHERE state = 'done'") == times);
  }

  private long runs() {
    return town.count("SELECT count(*) FROM run");
  }

  private long openBatches() {
    return town.count("SELECT count(*) FROM batch WHERE state IN ('intended', 'accepted')");
  }

  private static HttpResponse<String> get(Service service, String path) throws Exception {
    return get(service.port(), path);
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
