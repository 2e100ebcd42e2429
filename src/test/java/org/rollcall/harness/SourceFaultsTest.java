package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** A source that fails is never taken for a source from which people left (failures A1 to A14). */
class SourceFaultsTest {
  private static Scene hundredOnTheBoard() {
    Scene scene = Scene.open();
    scene
        .source()
        .put(
            IntStream.range(0, 100)
                .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                .toList());
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    return scene;
  }

  /** The run fails with these words, the lists stay, and the run after the repair is right. */
  private static void failsHarmlessly(Scene scene, String words, Runnable repair) {
    scene.provider().clearJournal();
    Runs.Record failed = scene.sync();
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.error()).contains(words).doesNotContain("@example.org");
    assertThat(scene.provider().journal())
        .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
    assertThat(scene.provider().list("Board").orElseThrow().members()).isEqualTo(100);
    repair.run();
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    new Check(scene).converged();
  }

  // A8

  @ParameterizedTest
  @CsvSource({
    "301, 'the source is 301 s behind, more than the 5m allowed'",
    "null, how far the source is behind is not known"
  })
  void a_replica_that_is_too_far_behind_is_not_read(String lag, String words) {
    try (Scene scene = hundredOnTheBoard()) {
      scene.lagQuery("SELECT seconds FROM lag");
      scene.source().execute("CREATE TABLE lag AS SELECT %s::float8 AS seconds".formatted(lag));
      scene.closeHub();
      scene.query(MemberDatabase.QUERY.replace("FROM member_row", "FROM member_row WHERE false"));

      failsHarmlessly(
          scene,
          words,
          () -> {
            scene.source().execute("UPDATE lag SET seconds = 299");
            scene.query(MemberDatabase.QUERY);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 37, 99})
  void a_query_that_breaks_at_a_row_removes_nobody(int row) {
    try (Scene scene = hundredOnTheBoard()) {
      scene.query(
          "SELECT member_key, grp AS \"group\", email,"
              + " CASE WHEN row_number() OVER (ORDER BY member_key) > %d".formatted(row)
              + " THEN 1 / (length(member_key) - length(member_key)) END AS broken"
              + " FROM member_row ORDER BY member_key");
      failsHarmlessly(scene, "22012", () -> scene.query(MemberDatabase.QUERY));
    }
  }

  @Test
  void a_connection_cut_in_the_middle_of_the_rows_removes_nobody() {
    try (Scene scene = hundredOnTheBoard()) {
      scene.query(
          "SELECT member_key, grp AS \"group\", email,"
              + " CASE WHEN row_number() OVER (ORDER BY member_key) = 60"
              + " THEN pg_terminate_backend(pg_backend_pid())::text END AS cut"
              + " FROM member_row ORDER BY member_key");
      failsHarmlessly(scene, "connection lost", () -> scene.query(MemberDatabase.QUERY));
    }
  }

  @Test
  void a_member_given_twice_refuses_the_read_and_names_the_key() {
    try (Scene scene = hundredOnTheBoard()) {
      scene
          .source()
          .execute("INSERT INTO member_row SELECT * FROM member_row WHERE member_key = 'm7'");
      failsHarmlessly(
          scene, "m7", () -> scene.source().put(SourceRow.person("m7", "Board", "m7@example.org")));
    }
  }

  @Test
  void a_row_without_a_key_refuses_the_read() {
    try (Scene scene = hundredOnTheBoard()) {
      scene
          .source()
          .execute("INSERT INTO member_row (grp, email) VALUES ('Board', 'x@example.org')");
      failsHarmlessly(
          scene,
          "member_key is empty",
          () -> scene.source().execute("DELETE FROM member_row WHERE member_key IS NULL"));
    }
  }

  @Test
  void a_column_that_the_query_names_and_the_table_lost_is_named() {
    try (Scene scene = hundredOnTheBoard()) {
      scene.source().execute("ALTER TABLE member_row RENAME COLUMN email TO e_mail");
      failsHarmlessly(
          scene,
          "email",
          () -> scene.source().execute("ALTER TABLE member_row RENAME COLUMN e_mail TO email"));
    }
  }

  @Test
  void a_column_with_a_word_that_means_nothing_is_named() {
    try (Scene scene = hundredOnTheBoard()) {
      scene.source().execute("UPDATE member_row SET role = 'emperor' WHERE member_key = 'm3'");
      failsHarmlessly(
          scene,
          "role",
          () ->
              scene.source().execute("UPDATE member_row SET role = NULL WHERE member_key = 'm3'"));
    }
  }

  @Test
  void a_query_without_the_key_column_is_refused() {
    try (Scene scene = hundredOnTheBoard()) {
      scene.query("SELECT grp AS \"group\", email FROM member_row");
      failsHarmlessly(scene, "member_key", () -> scene.query(MemberDatabase.QUERY));
    }
  }

  @Test
  void a_query_that_is_too_slow_is_given_up() {
    try (Scene scene = hundredOnTheBoard()) {
      scene.closeHub();
      scene.queryTimeout("300ms");
      scene.query(
          "SELECT member_key, grp AS \"group\", email, pg_sleep(1)::text AS x FROM member_row");
      scene.provider().clearJournal();
      Runs.Record failed = scene.sync();
      assertThat(failed.state()).isEqualTo(RunState.FAILED);
      assertThat(failed.error()).contains("queryTimeout");
      assertThat(scene.provider().list("Board").orElseThrow().members()).isEqualTo(100);
    }
  }

  @Test
  void a_source_that_was_away_is_read_again_without_a_restart() {
    try (Scene scene = Scene.open()) {
      int port =
          Integer.parseInt(
              scene.source().url().replaceAll("^jdbc:postgresql://[^/]*:(\\d+)/.*$", "$1"));
      try (Plug plug = new Plug(port)) {
        String url = Objects.requireNonNull(scene.settings().get("rollcall.sources.chamber.url"));
        scene.set("rollcall.sources.chamber.url", url.replace(":" + port, ":" + plug.port()));
        IntStream.range(0, 100)
            .forEach(
                i ->
                    scene
                        .source()
                        .put(SourceRow.person("m" + i, "Board", "m" + i + "@example.org")));
        assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
        plug.pull();
        scene.source().execute("SELECT 1");
        plug.restore();
        assertThat(scene.syncUntilCompleted(3).state()).isEqualTo(RunState.COMPLETED);
        new Check(scene).converged();
      }
    }
  }

  @Test
  void rows_deleted_without_a_trace_are_found_missing() {
    try (Scene scene = hundredOnTheBoard()) {
      for (int i = 0; i < 5; i++) {
        scene.source().remove(SourceRow.person("m" + i, "Board", null));
      }
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  @Test
  void names_of_groups_and_people_that_look_like_sql_or_json_are_only_names() {
    try (Scene scene = Scene.open()) {
      String evil = "x'); DROP TABLE member; --";
      scene.query(
          """
          SELECT 'k1' AS member_key, 'Robert''); DROP TABLE member; --' AS "group",
            'robert@example.org' AS email, '{"a":1}\\\\"' AS first_name, $$%s$$ AS last_name
          """
              .formatted(evil));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      var contact = scene.provider().contact("robert@example.org").orElseThrow();
      assertThat(contact.lastName()).isEqualTo(evil);
      assertThat(contact.lists()).containsExactly("Robert'); DROP TABLE member; --");
    }
  }
}
