package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/** A large run is taken back: what it did is not looked through once for each of its changes. */
class ManyUndoneTest {
  private static final int MEMBERS = 20_000;

  @Test
  void a_reversal_is_planned_sooner_than_the_run_took() {
    try (Scene scene = Scene.open().paceLifted()) {
      scene
          .source()
          .execute(
              ("INSERT INTO member_row SELECT 'k' || n, g, 'a' || n || '@x.example', 'person',"
                      + " 'First', 'Last', NULL, NULL, NULL, false, 'primary', true, 'active',"
                      + " false FROM generate_series(1, %d) n, (VALUES ('Board'), ('Choir')) v (g)")
                  .formatted(MEMBERS));
      Runs.Record run = scene.sync();
      assertThat(run.state()).isEqualTo(RunState.COMPLETED);

      Runs.Record undo = scene.sync(List.of(Job.UNDO), Scope.undo(run.id(), true)).get(0);

      assertThat(undo.counts()).contains("\"removeFromList\": " + 2 * MEMBERS);
      assertThat(took(undo)).isLessThan(took(run));
      assertThat(scene.hub().plans().left(undo.id(), run.id()))
          .singleElement()
          .satisfies(
              left -> {
                assertThat(left.times()).isEqualTo(MEMBERS);
                assertThat(left.first()).hasSize(20).startsWith("k1", "k10", "k100");
              });
    }
  }

  private static Duration took(Runs.Record run) {
    return Duration.between(run.startedAt(), Objects.requireNonNull(run.finishedAt()));
  }
}
