package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** No room is left for the hub's state, or for the rows it has read (failure C5). */
class DiskFullTest {
  /** Where a run writes, and when: before a call, after it, at its end. */
  private static final List<String> WRITES =
      List.of(
          "INSERT ON run",
          "INSERT ON member",
          "INSERT ON change",
          "INSERT ON dispatch",
          "INSERT ON batch",
          "UPDATE ON batch",
          "UPDATE ON pace_day",
          "INSERT ON contact",
          "INSERT ON membership",
          "UPDATE ON account",
          "UPDATE ON run");

  @Test
  void a_full_disk_under_the_state_fails_the_run_wherever_it_writes_and_the_next_is_right() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      Check check = new Check(scene);
      int turn = 0;
      for (String write : WRITES) {
        change(scene, ++turn);
        fill(scene, write);

        assertThat(outcome(scene)).as(write).contains("No space left on device", "make room");

        scene.tell("DROP TRIGGER full_disk " + write.substring(write.indexOf("ON")));
        assertThat(scene.syncUntilCompleted(2).state()).as(write).isEqualTo(RunState.COMPLETED);
        check.converged();
        check.statuses();
        assertThat(scene.provider().contactCount()).as(write).isEqualTo(1 + turn);
      }
    }
  }

  /** What is large finds no room; the few rows of an opt-out still do, as they would in a page. */
  @Test
  void opt_outs_are_read_and_kept_while_the_members_find_no_room() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("m0", "Board", "m0@example.org"));
      scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      fill(scene, "INSERT ON member");
      change(scene, 2);
      scene.unsubscribes("m0@example.org");
      scene.provider().clearJournal();

      Runs.Record full = scene.sync();

      assertThat(full.state()).isEqualTo(RunState.FAILED);
      assertThat(full.error()).contains("the disk of the hub's database is full");
      assertThat(scene.status("m0", "Board").status()).isEqualTo("unsubscribed");
      assertThat(scene.ask("SELECT count(*) FROM consent WHERE what = 'opt_out'")).isEqualTo("1");
      assertThat(scene.provider().journal())
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
      scene.tell("DROP TRIGGER full_disk ON member");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  private static void fill(Scene scene, String write) {
    scene.tell(
        "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE"
            + " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$");
    scene.tell(
        "CREATE TRIGGER full_disk BEFORE " + write + " FOR EACH ROW EXECUTE FUNCTION full_disk()");
  }

  /** One comes, one changes groups. */
  private static void change(Scene scene, int turn) {
    String before = "m" + (turn - 1);
    scene.source().put(SourceRow.person("m" + turn, "Board", "m" + turn + "@example.org"));
    scene.source().remove(SourceRow.person(before, "Board", null));
    scene.source().put(SourceRow.person(before, "Golf", before + "@example.org"));
  }

  private static String outcome(Scene scene) {
    try {
      return String.valueOf(scene.sync().error());
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** A process that may not write files as large as the rows of the source. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void rows_that_find_no_room_on_disk_fail_the_run_and_remove_nobody() throws Exception {
    try (Scene scene = Scene.open()) {
      List<SourceRow> rows =
          IntStream.range(0, 3_000)
              .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
              .toList();
      scene.source().put(rows);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.closeHub();
      scene.source().put(SourceRow.person("new", "Board", "new@example.org"));
      scene.provider().clearJournal();

      Process process =
          Commands.startWithin("ulimit -f 128", scene.home(), "sync", Scene.SYNC, "--json");

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String log = Files.readString(scene.home().resolve("process.log"));
      assertThat(process.exitValue()).as(log).isEqualTo(1);
      assertThat(log).contains("the rows that were read cannot be kept on disk");
      assertThat(scene.provider().journal())
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
      assertThat(left(scene.home().resolve("data/staging"))).as("files left behind").isZero();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  private static long left(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}
