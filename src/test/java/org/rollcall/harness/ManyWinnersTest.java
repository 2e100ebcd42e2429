package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/** Many leave at once, and many shared addresses get another winner: half a database was lost. */
class ManyWinnersTest {
  private static final int PAIRS = 1_000;

  @Test
  void contacts_are_not_read_through_once_for_each_who_left() {
    try (Scene scene = Scene.open().paceLifted()) {
      join(scene, 1, "a");
      join(scene, 2, "a");
      join(scene, 3, "b");
      join(scene, 4, "c");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.source().execute("DELETE FROM member_row WHERE member_key ~ '^[13]'");
      scene.sync(List.of(Job.LISTS), Scope.ALL);
      long before = read(scene);

      Runs.Record run = scene.sync(List.of(Job.CONTACTS), Scope.ALL).get(0);

      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(run.counts()).contains("\"updateContact\": " + PAIRS);
      assertThat(read(scene) - before).isLessThan(50L * 3 * PAIRS);
    }
  }

  /** In two groups each; who has the smaller key wins. */
  private static void join(Scene scene, int first, String address) {
    scene
        .source()
        .execute(
            ("INSERT INTO member_row SELECT '%d-' || n, g, '%s' || n || '@x.example', 'person',"
                    + " 'First', 'Last %1$d', NULL, NULL, NULL, false, 'primary', true, 'active',"
                    + " false FROM generate_series(1, %d) n, (VALUES ('Board'), ('Choir')) v (g)")
                .formatted(first, address, PAIRS));
  }

  /** Contacts that were read one after the other; told when the hub's sessions have ended. */
  private static long read(Scene scene) {
    scene.closeHub();
    scene.tell("ANALYZE");
    return Long.parseLong(
        String.valueOf(
            scene.ask("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'contact'")));
  }
}
