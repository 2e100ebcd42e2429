package org.rollcall.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.hub.Hub;
import org.rollcall.route.RouteFiles;
import org.rollcall.route.RouteReload;
import org.rollcall.settings.Problem;

/** Route files of a running service are changed, broken, corrected, added and deleted. */
class ReloadTest {
  private static final String ROUTE =
      """
      - route:
          id: %1$s
          description: Says something
          from:
            uri: direct:%1$s
            steps:
              - setBody:
                  expression:
                    constant:
                      expression: %2$s
      """;

  private static final String KAMELET =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: greeting-action
      spec:
        definition:
          title: Greeting
          description: Says something
          type: object
          properties:
            name:
              title: Name
              description: Whom to greet
              type: string
        template:
          from:
            uri: kamelet:source
            steps:
              - setBody:
                  expression:
                    simple:
                      expression: "%s {{name}}"
      """;

  private static final String GREETER =
      """
      - route:
          id: greeter
          description: Greets
          from:
            uri: direct:greeter
            steps:
              - to:
                  uri: kamelet:greeting-action
                  parameters:
                    name: Ann
      """;

  @TempDir Path home;
  private Town town;
  private Hub hub;
  private Service service;
  private RouteReload reload;

  @BeforeEach
  void the_service_runs_with_a_route_and_a_kamelet() throws IOException, SQLException {
    town = new Town(home, Town.quick());
    Files.createDirectories(home.resolve("kamelets"));
    write("routes/word.camel.yaml", ROUTE.formatted("word", "one"));
    write("routes/greeter.camel.yaml", GREETER);
    write("kamelets/greeting-action.kamelet.yaml", KAMELET.formatted("Hello"));
    hub = town.hub();
    service = Service.start(hub, Clock.systemUTC());
    reload = hub.camel().getRegistry().lookupByNameAndType("routeReload", RouteReload.class);
  }

  @AfterEach
  void the_service_stops() {
    service.close();
    hub.close();
    town.close();
  }

  @Test
  void a_changed_route_is_taken_over_and_the_others_stay() throws Exception {
    assertThat(said("word")).isEqualTo("one");
    Object other = hub.camel().getRoute("town-members");
    write("routes/word.camel.yaml", ROUTE.formatted("word", "two"));
    look();

    assertThat(said("word")).isEqualTo("two");
    assertThat(hub.camel().getRoute("town-members")).isSameAs(other);
    assertThat(reload.health()).containsEntry("state", "in force");
  }

  @Test
  void a_file_in_the_middle_of_being_written_is_not_taken() throws Exception {
    write("routes/word.camel.yaml", ROUTE.formatted("word", "two"));
    reload.look();
    write("routes/word.camel.yaml", ROUTE.formatted("word", "three"));
    reload.look();
    assertThat(said("word")).isEqualTo("one");

    reload.look();
    assertThat(said("word")).isEqualTo("three");
  }

  @Test
  void what_is_refused_is_looked_at_once() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    RouteReload counted =
        new RouteReload(
            hub.camel(),
            () -> RouteFiles.resolve(home, Path.of("")),
            files -> {
              checks.incrementAndGet();
              return List.of(new Problem("word.camel.yaml", 1, "", "is wrong", "write it anew"));
            });
    write("routes/word.camel.yaml", ROUTE.formatted("word", "two"));
    for (int i = 0; i < 5; i++) {
      counted.look();
    }
    assertThat(checks).hasValue(1);
    assertThat(counted.health()).containsEntry("state", "refused");
  }

  @Test
  void a_broken_file_leaves_the_old_route_and_the_corrected_one_is_taken() throws Exception {
    write("routes/word.camel.yaml", ROUTE.formatted("word", "two").replace("setBody", "setBodi"));
    look();

    assertThat(said("word")).isEqualTo("one");
    assertThat(reload.health())
        .containsEntry("state", "refused")
        .extractingByKey("problems")
        .asString()
        .contains("routes/word.camel.yaml:7", "\"setBodi\" is not a step");

    write("routes/word.camel.yaml", "- route:\n\tid: word\n");
    look();
    assertThat(said("word")).isEqualTo("one");
    assertThat(reload.health().get("problems")).asString().contains("indent with spaces");

    write("routes/word.camel.yaml", ROUTE.formatted("word", "three"));
    look();
    assertThat(said("word")).isEqualTo("three");
    assertThat(reload.health()).containsOnlyKeys("state").containsEntry("state", "in force");
  }

  @Test
  void a_new_file_is_taken_and_a_deleted_one_is_gone_and_back() throws Exception {
    write("routes/extra.camel.yaml", ROUTE.formatted("extra", "new"));
    look();
    assertThat(said("extra")).isEqualTo("new");

    Files.delete(home.resolve("routes/extra.camel.yaml"));
    look();
    assertThat(hub.camel().getRoute("extra")).isNull();

    write("routes/extra.camel.yaml", ROUTE.formatted("extra", "newer"));
    look();
    assertThat(said("extra")).isEqualTo("newer");
  }

  @Test
  void a_deleted_file_that_a_sync_needs_is_refused() throws Exception {
    Files.delete(home.resolve("routes/town-members.camel.yaml"));
    look();

    assertThat(hub.camel().getRoute("town-members")).isNotNull();
    assertThat(reload.health().get("problems"))
        .asString()
        .contains("no route listens to direct:town-members");
  }

  @Test
  void a_changed_kamelet_is_taken_over_by_the_routes_that_use_it() throws Exception {
    assertThat(said("greeter")).isEqualTo("Hello Ann");
    write("kamelets/greeting-action.kamelet.yaml", KAMELET.formatted("Goodbye"));
    look();
    assertThat(said("greeter")).isEqualTo("Goodbye Ann");

    write(
        "kamelets/greeting-action.kamelet.yaml",
        KAMELET.formatted("Nothing").replace("setBody", "setBodi"));
    look();
    assertThat(said("greeter")).isEqualTo("Goodbye Ann");
    assertThat(reload.health()).containsEntry("state", "refused");

    write("kamelets/greeting-action.kamelet.yaml", KAMELET.formatted("Good morning"));
    look();
    assertThat(said("greeter")).isEqualTo("Good morning Ann");
    assertThat(running()).doesNotHaveDuplicates();
  }

  @Test
  void a_kamelet_that_another_one_uses_is_taken_over_through_both() throws Exception {
    write(
        "kamelets/politely-action.kamelet.yaml",
        KAMELET
            .formatted("x")
            .replace("greeting-action", "politely-action")
            .replaceFirst(
                "(?s)- setBody:.*",
                """
                - to:
                            uri: kamelet:greeting-action
                            parameters:
                              name: "{{name}}"
                """));
    write("routes/greeter.camel.yaml", GREETER.replace("greeting-action", "politely-action"));
    look();
    assertThat(said("greeter")).isEqualTo("Hello Ann");

    write("kamelets/greeting-action.kamelet.yaml", KAMELET.formatted("Goodbye"));
    look();
    assertThat(said("greeter")).isEqualTo("Goodbye Ann");
  }

  @Test
  void a_kamelet_gives_way_as_well_when_a_route_does_not_start() throws Exception {
    write("kamelets/greeting-action.kamelet.yaml", KAMELET.formatted("Goodbye"));
    write(
        "routes/word.camel.yaml",
        ROUTE.formatted("word", "two").replace("direct:word", "direct:greeter"));
    look();

    assertThat(reload.health()).containsEntry("state", "refused");
    assertThat(said("greeter")).isEqualTo("Hello Ann");
    assertThat(said("word")).isEqualTo("one");
  }

  @Test
  void what_loads_and_does_not_start_gives_way_to_what_ran() throws Exception {
    write(
        "routes/word.camel.yaml",
        ROUTE.formatted("word", "two")
            + ROUTE.formatted("greeter-2", "x").replace("direct:greeter-2", "direct:greeter"));
    look();

    assertThat(said("word")).isEqualTo("one");
    assertThat(reload.health()).containsEntry("state", "refused");
  }

  @Test
  void a_route_with_work_in_hand_is_replaced_when_that_is_done() throws Exception {
    String slow =
        ROUTE
            .formatted("slow", "one")
            .replace(
                "steps:\n",
                """
                steps:
                        - delay:
                            expression:
                              constant:
                                expression: 4000
                """);
    write("routes/slow.camel.yaml", slow);
    look();
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> said("slow"));
    Town.until("it works", () -> hub.camel().getInflightRepository().size("slow") == 1);
    write("routes/slow.camel.yaml", ROUTE.formatted("slow", "two"));
    look();
    assertThat(reload.health()).containsEntry("state", "waiting");

    assertThat(answer.get()).isEqualTo("one");
    look();
    assertThat(said("slow")).isEqualTo("two");
  }

  @Test
  void templates_and_beans_wait_for_the_next_start() throws Exception {
    Path shipped = Path.of("routes/jobs/schedule.camel.yaml");
    write("routes/schedule.camel.yaml", Files.readString(shipped).replace("Makes up", "Repeats"));
    look();

    assertThat(reload.health())
        .containsEntry("state", "restart needed")
        .extractingByKey("problems")
        .asString()
        .contains("schedule.camel.yaml");
    Files.delete(home.resolve("routes/schedule.camel.yaml"));
    look();
    assertThat(reload.health()).containsEntry("state", "in force");
  }

  @Test
  void a_bean_that_is_new_in_a_file_waits_for_the_next_start() throws Exception {
    write(
        "routes/word.camel.yaml",
        ROUTE.formatted("word", "two")
            + "- beans:\n    - name: words\n      type: java.util.ArrayList\n");
    look();

    assertThat(reload.health()).containsEntry("state", "restart needed");
    assertThat(said("word")).isEqualTo("one");
  }

  /** A file is taken when it is the same twice: it may be in the middle of being written. */
  private void look() {
    reload.look();
    reload.look();
  }

  private String said(String route) {
    return hub.camel().createProducerTemplate().requestBody("direct:" + route, "", String.class);
  }

  private List<String> running() {
    return hub.camel().getRoutes().stream()
        .map(route -> route.getEndpoint().getEndpointUri())
        .toList();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
  }
}
