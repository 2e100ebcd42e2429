package org.rollcall.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kamelet in the route of the design, from a home with a query file. */
class JdbcMembersKameletTest {
  private static final int SYNC = 71;

  @TempDir Path home;
  private final Main main = new Main();

  @AfterEach
  void stop() {
    main.stop();
  }

  @Test
  void source_route_of_the_design_stages_the_members_of_its_query_file() throws Exception {
    Files.createDirectories(home.resolve("config"));
    Files.writeString(
        home.resolve("config/chamber-members.sql"),
        "SELECT id AS member_key, mail AS email, committee AS \"GROUP\" FROM person;\n");
    start(
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
        """,
        people(
            "INSERT INTO person VALUES (1, 'ann@example.org', 'Board')",
            "INSERT INTO person VALUES (2, 'ben@example.org', 'Board')"));

    StagedSource staged = run("direct:chamber-members");

    assertThat(staged.readCount()).isEqualTo(2);
    assertThat(Postgres.column("SELECT member_key FROM staged_71 ORDER BY row_no"))
        .containsExactly("1", "2");
  }

  @Test
  void query_text_in_the_route_keeps_its_quotes_and_signs() throws Exception {
    start(
        """
        - route:
            id: inline
            from:
              uri: direct:inline
              steps:
                - to:
                    uri: kamelet:jdbc-members-action
                    parameters:
                      dataSource: chamber
                      fetchSize: "10"
                      queryTimeout: 5s
                      query: >-
                        RAW(SELECT id AS member_key, 'a+b & "c" %41 100% #x? (d), ''e''' AS email,
                        committee AS "GROUP" FROM person WHERE mail LIKE 'ann%' AND id + 1 < 3)
        """,
        people(
            "INSERT INTO person VALUES (1, 'ann@example.org', 'Board')",
            "INSERT INTO person VALUES (2, 'ann2@example.org', 'Board')"));

    run("direct:inline");

    assertThat(Postgres.column("SELECT data::json ->> 'e' FROM staged_71"))
        .containsExactly("a+b & \"c\" %41 100% #x? (d), 'e'");
  }

  @Test
  void source_nobody_set_up_is_told_with_the_ones_there_are() throws Exception {
    start(route("chambre", "SELECT 1 AS member_key"), people());

    assertThatThrownBy(() -> run("direct:members"))
        .hasRootCauseMessage(
            "sync chamber: query on chambre: there is no source chambre (the sources are chamber)");
  }

  @Test
  void query_file_that_is_not_there_is_told_with_its_path() throws Exception {
    start(route("chamber", "resource:file:nowhere/members.sql"), people());

    assertThatThrownBy(() -> run("direct:members"))
        .rootCause()
        .isInstanceOf(java.io.FileNotFoundException.class);
    assertThatThrownBy(() -> run("direct:members"))
        .cause()
        .hasMessage(
            "sync chamber: query members.sql: the query's file cannot be read:"
                + " file:nowhere/members.sql (check its path)");
  }

  @Test
  void route_called_by_hand_says_that_there_is_no_run() throws Exception {
    start(route("chamber", "SELECT 1 AS member_key"), people());

    assertThatThrownBy(() -> main.getCamelTemplate().sendBody("direct:members", ""))
        .isInstanceOf(CamelExecutionException.class)
        .hasRootCauseMessage(
            "kamelet:jdbc-members-action was called without a run: there is nowhere to stage"
                + " members (start the sync with rollcall sync, or with Sync now)");
  }

  @Test
  void parameters_that_are_no_numbers_or_times_are_refused() throws Exception {
    start(route("chamber", "SELECT 1 AS member_key") + "              fetchSize: many\n", people());

    assertThatThrownBy(() -> run("direct:members"))
        .hasRootCauseMessage(
            "sync chamber: query on chamber: fetchSize is a number of rows from 1, not many");
  }

  @Test
  void failure_that_a_route_swallows_still_keeps_the_read_from_completing() throws Exception {
    start(
        """
        - route:
            id: members
            from:
              uri: direct:members
              steps:
                - doTry:
                    steps:
                      - to:
                          uri: kamelet:jdbc-members-action
                          parameters:
                            dataSource: chamber
                            query: SELECT nothing FROM nowhere
                    doCatch:
                      - exception:
                          - java.lang.Exception
                        steps:
                          - log:
                              message: carrying on
        """,
        people());

    assertThatThrownBy(() -> run("direct:members"))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("sync chamber: query on chamber: Table \"NOWHERE\" not found");
  }

  private static String route(String source, String query) {
    return """
    - route:
        id: members
        from:
          uri: direct:members
          steps:
            - to:
                uri: kamelet:jdbc-members-action
                parameters:
                  dataSource: %s
                  query: "%s"
    """
        .formatted(source, query);
  }

  private StagedSource run(String endpoint) throws Exception {
    try (Staging staging = Sync.staging(SYNC, Sync.EVERYTHING)) {
      main.getCamelTemplate().sendBodyAndProperty(endpoint, "", Staging.PROPERTY, staging);
      return Sync.loaded(staging);
    }
  }

  private void start(String routes, DataSource chamber) throws Exception {
    Path file = Files.writeString(home.resolve("members.camel.yaml"), routes);
    main.configure().withRoutesIncludePattern("file:" + file);
    main.addProperty("camel.component.kamelet.location", "file:kamelets");
    main.addProperty("rollcall.home", home.toString());
    main.bind("chamber", chamber);
    main.bind("jdbcMembers", new JdbcMembers(System::nanoTime));
    main.start();
  }

  private static DataSource people(String... statements) throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE person (id int, mail varchar, committee varchar)");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return database;
  }
}
