package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Little memory for a long time (failure C11). */
class SoakTest {
  private static final int MEMBERS = 20_000;

  /** Of the heap; a tenth of it would be full of the members alone, were they ever held. */
  private static final String MEGABYTES = System.getProperty("rollcall.soak-heap", "64");

  private static final int SECONDS = Integer.getInteger("rollcall.soak", 20);

  /** What a run leaves behind. */
  private record Left(String state, long heap, int threads) {
    static Left of(String line) {
      String[] words = line.split(" ");
      return new Left(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]));
    }
  }

  @Test
  void a_first_load_and_many_runs_in_a_small_heap_leave_neither_memory_nor_threads_behind()
      throws Exception {
    try (Scene scene = Scene.open().pace(500)) {
      scene
          .source()
          .execute(
              "INSERT INTO member_row (member_key, grp, email, first_name, last_name)"
                  + " SELECT 'm' || i, 'Group ' || i % 5, 'm' || i || '@example.org', 'First' || i,"
                  + " 'Last' || i FROM generate_series(1, "
                  + MEMBERS
                  + ") i");

      Process process = Commands.startMain(Soak.class, MEGABYTES, scene.home(), "" + SECONDS);

      assertThat(process.waitFor(SECONDS + 300L, TimeUnit.SECONDS)).isTrue();
      List<String> said = Files.readAllLines(scene.home().resolve("process.log"));
      assertThat(process.exitValue()).as(String.join("\n", said)).isZero();
      List<Left> runs = said.stream().filter(l -> l.startsWith("run ")).map(Left::of).toList();
      assertThat(runs).hasSizeGreaterThan(6).allMatch(run -> run.state().equals("COMPLETED"));
      assertThat(scene.provider().contactCount()).isEqualTo(MEMBERS);
      // the first three runs have loaded every class and made every pool
      Left warm = runs.get(2);
      assertThat(runs.subList(3, runs.size()))
          .allMatch(run -> run.heap() < warm.heap() + 3_000_000, "no more heap than " + warm)
          .allMatch(run -> run.threads() <= warm.threads() + 2, "no more threads than " + warm);
    }
  }
}
