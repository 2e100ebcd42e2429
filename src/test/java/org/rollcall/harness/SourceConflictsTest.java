package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** Others work on the source while it is read, and its clock is wrong (failures A7 and A9). */
class SourceConflictsTest {
  private static final String STAMPED =
      MemberDatabase.QUERY.replace("marketing_opt_out", "marketing_opt_out, updated_at");

  private static Scene fifty() {
    Scene scene = Scene.open();
    scene
        .source()
        .put(
            IntStream.range(0, 50)
                .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                .toList());
    return scene;
  }

  private static void failsHarmlessly(Scene scene, String words) {
    Runs.Record failed = scene.sync();
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.error()).contains(words).doesNotContain("@example.org");
    assertThat(scene.provider().list("Board").orElseThrow().members()).isEqualTo(50);
  }

  private static void goesOn(Scene scene) {
    scene.source().remove(SourceRow.person("m49", "Board", null));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    new Check(scene).converged();
  }

  @Test
  void a_table_that_somebody_else_has_locked_is_not_waited_for_longer_than_the_query_may_take()
      throws SQLException {
    try (Scene scene = fifty()) {
      scene.queryTimeout("800ms");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      try (Connection other = scene.source().pool().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE member_row IN ACCESS EXCLUSIVE MODE");
        failsHarmlessly(scene, "queryTimeout");
        other.rollback();
      }
      goesOn(scene);
    }
  }

  @Test
  void a_read_that_loses_a_deadlock_says_so_and_the_next_reads_again() {
    try (Scene scene = fifty()) {
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      // takes lock 1, and then lock 2, which the other has; who waits first is broken off
      scene
          .source()
          .execute(
              """
              CREATE FUNCTION crossed(n bigint) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
                IF n = 1 THEN
                  PERFORM pg_advisory_xact_lock(1);
                ELSIF n = 30 THEN
                  FOR i IN 1..200 LOOP
                    EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory'
                      AND objid = 2);
                    PERFORM pg_sleep(0.05);
                  END LOOP;
                  PERFORM pg_advisory_xact_lock(2);
                END IF;
                RETURN NULL;
              END $$
              """);
      scene.query(
          "SELECT member_key, grp AS \"group\", email, crossed(row_number() OVER ()) AS x"
              + " FROM member_row");
      CompletableFuture<Void> other = CompletableFuture.runAsync(() -> crosses(scene));

      failsHarmlessly(scene, "the next run reads the source again");

      other.join();
      scene.query(MemberDatabase.QUERY);
      goesOn(scene);
    }
  }

  /** Takes lock 2, and lock 1 once the reader waits for lock 2. */
  private static void crosses(Scene scene) {
    scene
        .source()
        .execute(
            """
            DO $$ BEGIN
              PERFORM pg_advisory_xact_lock(2);
              FOR i IN 1..200 LOOP
                EXIT WHEN EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory'
                  AND objid = 2 AND NOT granted);
                PERFORM pg_sleep(0.05);
              END LOOP;
              PERFORM pg_advisory_xact_lock(1);
            END $$
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "55P03"})
  void a_read_that_the_database_breaks_off_for_others_says_so_and_the_next_reads_again(
      String state) {
    try (Scene scene = fifty()) {
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene
          .source()
          .execute(
              "CREATE FUNCTION broken(n bigint) RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
                  + " IF n = 30 THEN RAISE 'conflict with recovery' USING ERRCODE = '"
                  + state
                  + "'; END IF; RETURN NULL; END $$");
      scene.query(
          "SELECT member_key, grp AS \"group\", email, broken(row_number() OVER ()) AS x"
              + " FROM member_row");
      failsHarmlessly(scene, "the next run reads the source again");
      scene.query(MemberDatabase.QUERY);
      goesOn(scene);
    }
  }

  @Test
  void time_stamps_that_are_equal_go_back_or_lie_in_the_future_hide_no_change_and_make_none() {
    try (Scene scene = fifty()) {
      scene.source().execute("ALTER TABLE member_row ADD updated_at timestamptz DEFAULT now()");
      scene.query(STAMPED);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      for (String stamp :
          new String[] {"updated_at", "now() - interval '9 years'", "now() + interval '9 years'"}) {
        scene
            .source()
            .put(
                SourceRow.person("m1", "Board", "m1@example.org").withName("Name", stamp),
                SourceRow.person("new " + stamp, "Board", stamp.length() + "@example.org"));
        scene.source().remove(SourceRow.person("m" + stamp.length(), "Board", null));
        scene.source().execute("UPDATE member_row SET updated_at = " + stamp);
        assertThat(scene.sync().state()).as(stamp).isEqualTo(RunState.COMPLETED);
        new Check(scene).converged();
      }
      scene.provider().clearJournal();
      scene.source().execute("UPDATE member_row SET updated_at = now() - interval '1 hour'");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().journal())
          .as("writes when nothing but time stamps changed")
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
    }
  }
}
