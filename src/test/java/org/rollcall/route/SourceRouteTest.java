package org.rollcall.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.settings.Problem;
import org.rollcall.stage.JdbcMembers;

/** The one route an integrator writes, with the shipped Kamelets. */
class SourceRouteTest {
  private static final String ROUTE =
      """
      - route:
          id: chamber-members
          description: The chamber's members, one row per member and group
          from:
            uri: direct:chamber-members
            steps:
              - to:
                  uri: kamelet:jdbc-members-action
                  parameters:
                    dataSource: chamber
                    query: "resource:file:{{rollcall.home}}/config/chamber-members.sql"
      """;

  @TempDir Path home;

  @BeforeEach
  void the_query_is_written() throws IOException {
    Files.createDirectories(home.resolve("routes"));
    Files.createDirectories(home.resolve("config"));
    Files.writeString(home.resolve("config/chamber-members.sql"), "SELECT 1");
  }

  @Test
  void the_source_route_of_the_design_has_no_problem() throws IOException {
    assertThat(check(ROUTE)).isEmpty();
  }

  @Test
  void a_source_that_no_setting_defines_is_told_before_the_first_run() throws IOException {
    assertThat(check(ROUTE.replace("dataSource: chamber", "dataSource: chambr")))
        .containsExactly(
            "routes/chamber-members.camel.yaml:10: chamber-members: there is no source"
                + " \"chambr\"; correct the name, or define rollcall.sources.chambr.url");
  }

  @Test
  void a_query_file_that_is_not_there_is_told_before_the_first_run() throws IOException {
    assertThat(check(ROUTE.replace("members.sql", "membres.sql")))
        .containsExactly(
            "routes/chamber-members.camel.yaml:11: chamber-members: there is no file "
                + home.resolve("config/chamber-membres.sql")
                + "; correct the path, or write it");
  }

  @Test
  void a_fetch_size_that_is_no_number_is_told_before_the_first_run() throws IOException {
    assertThat(check(ROUTE + "              fetchSize: plenty\n"))
        .containsExactly(
            "routes/chamber-members.camel.yaml:12: chamber-members: the parameter fetchSize of the"
                + " Kamelet jdbc-members-action is not a whole number; write a whole number");
  }

  /** The variable PATH stands for ROLLCALL_HOME, which no test can set for itself. */
  @Test
  void what_the_settings_say_wins_over_a_variable_of_the_same_name() throws IOException {
    String route = ROUTE.replace("{{rollcall.home}}/config", "{{path}}");

    assertThat(check(route, Map.of("path", home.resolve("config").toString()))).isEmpty();
    assertThat(check(route, Map.of())).singleElement().asString().contains("there is no file");
  }

  private List<String> check(String route) throws IOException {
    return check(route, Map.of());
  }

  private List<String> check(String route, Map<String, String> placeholders) throws IOException {
    Files.writeString(home.resolve("routes/chamber-members.camel.yaml"), route);
    Surroundings surroundings =
        new Surroundings(
            placeholders,
            SourceRouteTest::bind,
            Set.of(),
            Map.of("direct:chamber-members", "rollcall.syncs.chamber.members"));
    return RouteFiles.resolve(home, Path.of("")).check(surroundings).stream()
        .filter(problem -> problem.file().contains("chamber"))
        .map(Problem::toString)
        .toList();
  }

  private static void bind(CamelContext context) {
    context.getRegistry().bind("chamber", new JdbcDataSource());
    context.getRegistry().bind("jdbcMembers", new JdbcMembers(System::nanoTime));
  }
}
