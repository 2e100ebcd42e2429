package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/** What members did reaches the integrator's route, at least once and under one id. */
class InteractionsTest {
  private static final String BOARD = "Board";
  private static final String TABLE =
      "CREATE TABLE mail_interaction (id text PRIMARY KEY, member_key text, what text,"
          + " campaign text, campaign_id text, at timestamp with time zone, link text,"
          + " bounce_code text, reason text, device text)";
  private static final String INTO_TABLE =
      """
      - route:
          id: chamber-interactions
          description: Enters what members did into the member database
          from:
            uri: direct:chamber-interactions
            steps:
              - to:
                  uri: kamelet:jdbc-interactions-action
                  parameters:
                    dataSource: chamber
      """;
  private static final String INTO_FILES =
      """
      - route:
          id: chamber-interactions
          description: Writes what members did into files
          from:
            uri: direct:chamber-interactions
            steps:
              - to:
                  uri: kamelet:file-interactions-action
                  parameters:
                    folder: "{{rollcall.home}}/data/interactions"
                    format: %s
      """;

  /** What the route has to have got, by the provider's own account. */
  private static final String OWED =
      "SELECT concat_ws(' ', o.member_key, a.kind, c.campaign_id, extract(epoch FROM a.at)::bigint,"
          + " l.url, CASE a.kind WHEN 'bounce' THEN a.code END) FROM activity a"
          + " JOIN activity_member o USING (account_id, contact_no)"
          + " JOIN mailing m USING (account_id, mailing_no)"
          + " JOIN campaign c USING (account_id, campaign_no)"
          + " LEFT JOIN campaign_link l ON l.link_no = a.link_no ORDER BY 1";

  private static final String GOT =
      "SELECT concat_ws(' ', member_key, what, campaign_id, extract(epoch FROM at)::bigint, link,"
          + " bounce_code) FROM mail_interaction ORDER BY 1";

  private static Scene chamber(int members) {
    Scene scene = Scene.open().pace(500);
    scene.set("rollcall.syncs.chamber.interactions", "direct:chamber-interactions");
    scene.write("routes/chamber-interactions.camel.yaml", INTO_TABLE);
    scene.source().execute(TABLE);
    for (int i = 1; i <= members; i++) {
      scene.source().put(SourceRow.person("m" + i, BOARD, "m" + i + "@example.org"));
    }
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    return scene;
  }

  private static Runs.Record read(Scene scene) {
    return scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0);
  }

  private static void passes(Scene scene, Duration time) {
    scene.provider().advanceClock(time);
    scene.provider().expireAccessTokens();
  }

  private static List<String> rows(Connection pooled, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = pooled;
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private static List<String> table(Scene scene, String sql) throws SQLException {
    return rows(scene.source().pool().getConnection(), sql);
  }

  @Test
  void the_table_holds_what_members_did_and_nothing_twice() throws SQLException {
    try (Scene scene = chamber(300)) {
      scene.provider().campaigns().send("One", List.of(BOARD), 5);
      passes(scene, Duration.ofHours(3));
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      passes(scene, Duration.ofDays(9));
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(table(scene, GOT))
          .isEqualTo(rows(scene.state().getConnection(), OWED))
          .hasSize(Truth.provider(scene).size());

      List<String> ids = table(scene, "SELECT id FROM mail_interaction ORDER BY 1");
      scene.tell("UPDATE interaction SET handed_at = NULL");
      read(scene);
      assertThat(table(scene, "SELECT id FROM mail_interaction ORDER BY 1")).isEqualTo(ids);
    }
  }

  @Test
  void a_sink_that_fails_loses_nothing_and_does_not_stop_the_reading() throws SQLException {
    try (Scene scene = chamber(20)) {
      scene.provider().campaigns().send("One", List.of(BOARD), 5);
      passes(scene, Duration.ofDays(9));
      scene.source().execute("ALTER TABLE mail_interaction RENAME TO away");
      Runs.Record run = read(scene);
      assertThat(run.state()).isEqualTo(RunState.PARTIAL);
      assertThat(run.error()).contains("interactions wait to be handed over");
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene));
      assertThat(scene.sync().state()).as("the members' own sync").isEqualTo(RunState.COMPLETED);
      scene.source().execute("ALTER TABLE away RENAME TO mail_interaction");
      assertThat(read(scene).state()).isEqualTo(RunState.COMPLETED);
      assertThat(table(scene, GOT)).isEqualTo(rows(scene.state().getConnection(), OWED));
    }
  }

  @Test
  void what_nobody_is_behind_waits_for_its_member_and_an_address_change_keeps_history()
      throws SQLException {
    try (Scene scene = chamber(2)) {
      scene
          .provider()
          .createContact(
              "later@example.org",
              List.of(BOARD),
              org.rollcall.sandbox.Control.Edit.name("Lee", "Later"));
      scene.sync();
      scene.provider().campaigns().send("One", List.of(BOARD), 5);
      passes(scene, Duration.ofDays(9));
      read(scene);
      String whose = "SELECT DISTINCT member_key FROM mail_interaction ORDER BY 1";
      assertThat(table(scene, whose)).containsExactly("m1", "m2");

      scene.source().put(SourceRow.person("m3", BOARD, "later@example.org"));
      scene.source().put(SourceRow.person("m1", BOARD, "new1@example.org"));
      scene.sync();
      read(scene);

      assertThat(table(scene, whose)).containsExactly("m1", "m2", "m3");
      assertThat(table(scene, GOT)).isEqualTo(rows(scene.state().getConnection(), OWED));
    }
  }

  @Test
  void files_hold_the_same_rows_whatever_their_form() throws IOException {
    for (String form : List.of("jsonl", "csv")) {
      try (Scene scene = chamber(3)) {
        scene.write("routes/chamber-interactions.camel.yaml", INTO_FILES.formatted(form));
        scene.closeHub();
        scene.provider().campaigns().send("One", List.of(BOARD), 5);
        passes(scene, Duration.ofDays(9));
        assertThat(read(scene).error()).isNull();
        scene.tell("UPDATE interaction SET handed_at = NULL");
        read(scene);
        try (Stream<Path> files = Files.list(scene.home().resolve("data/interactions"))) {
          Path file = files.reduce((one, other) -> one.resolve(other)).orElseThrow();
          assertThat(Files.readAllLines(file))
              .hasSize(Truth.provider(scene).size() + (form.equals("csv") ? 1 : 0));
          assertThat(Files.readString(file)).contains("m1", "One", "send");
        }
      }
    }
  }
}
