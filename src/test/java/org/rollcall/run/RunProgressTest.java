package org.rollcall.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;

class RunProgressTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final Scene scene = Scene.open();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void others_see_what_a_run_is_doing_until_it_ends() {
    List<String> phases = new ArrayList<>();
    Runs runs = scene.hub().runs();
    scene.source().put(SourceRow.person("m1", "Board", "ann@example.org"));

    List<Runs.Record> done =
        scene
            .hub()
            .syncs()
            .run(
                Scene.SYNC,
                Scene.BOTH,
                Scope.ALL,
                new Progress() {
                  @Override
                  public void step(String what) {
                    runs.underWay(Scene.SYNC)
                        .forEach(
                            run ->
                                runs.progress(run.id())
                                    .map(RunProgress::phase)
                                    .ifPresent(phases::add));
                  }

                  @Override
                  public void at(long done, long of) {}
                });

    assertThat(phases).contains("reading the source", "planning");
    assertThat(runs.underWay(null)).isEmpty();
    assertThat(done).allMatch(run -> runs.progress(run.id()).isEmpty());
    assertThat(scene.ask("SELECT count(*) FROM run_progress")).isEqualTo("0");
  }

  @Test
  void the_time_left_follows_from_the_pace_so_far() {
    RunProgress quarter = new RunProgress(1, "sending", 25, 100, NOON, NOON.plusSeconds(10));
    RunProgress unknown = new RunProgress(1, "reading", 25, 0, NOON, NOON.plusSeconds(10));
    RunProgress begun = new RunProgress(1, "sending", 1, 100, NOON, NOON.plusMillis(100));

    assertThat(quarter.percent()).contains(25);
    assertThat(quarter.left()).contains(Duration.ofSeconds(30));
    assertThat(unknown.percent()).isEmpty();
    assertThat(unknown.left()).isEmpty();
    assertThat(begun.left()).isEmpty();
  }
}
