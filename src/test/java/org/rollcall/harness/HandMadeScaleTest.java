package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.handmade.HandMade;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/** Many members by hand in one call; with {@code -Drollcall.by-hand=100000} as a measurement. */
class HandMadeScaleTest {
  private static final int SIZE = Integer.getInteger("rollcall.by-hand", 2_000);

  private final Scene scene = Scene.open();

  @Test
  void a_whole_membership_is_put_into_a_group_by_one_call_and_taken_out_by_another() {
    try (scene) {
      scene
          .source()
          .execute(
              "INSERT INTO member_row SELECT 'k' || n, 'Everybody', 'a' || n || '@x.example',"
                  + " 'person', 'First ' || n, 'Last ' || n, NULL, NULL,"
                  + " CASE WHEN n % 4 <> 0 THEN 'k' || n - n % 4 + 4 END, false, 'primary', true,"
                  + " 'active', false FROM generate_series(1, %d) n".formatted(SIZE));
      List<String> keys = IntStream.rangeClosed(1, SIZE).mapToObj(n -> "k" + n).toList();
      planned("first reading", SIZE);
      another(1);
      planned("one change, nothing by hand", SIZE);

      HandMade handMade = scene.hub().handMade();
      long begun = System.nanoTime();
      assertThat(handMade.add(Scene.SYNC, "Cards", keys, "anna", false).changed()).isEqualTo(SIZE);
      tell("the call", begun);
      planned("taking them over", 2L * SIZE);
      planned("nothing changed", 2L * SIZE);
      another(2);
      planned("one change, all by hand as well", 2L * SIZE);
      begun = System.nanoTime();
      assertThat(scene.hub().households().of(Scene.SYNC, "k5", 100).members()).hasSize(4);
      tell("a household", begun);
      begun = System.nanoTime();
      assertThat(scene.hub().groupChoices().groups(Scene.SYNC)).hasSize(2);
      tell("the groups", begun);

      assertThat(handMade.remove(Scene.SYNC, "Cards", keys, "anna", false).changed())
          .isEqualTo(SIZE);
      planned("taking them away", SIZE);
    }
  }

  private void another(int n) {
    scene
        .source()
        .execute("UPDATE member_row SET first_name = 'New' WHERE member_key = 'k" + n + "'");
  }

  private void planned(String what, long eligible) {
    long begun = System.nanoTime();
    Runs.Record run = scene.sync(List.of(Job.CONTACTS), new Scope(null, null, true)).get(0);
    tell(what, begun);
    assertThat(run.counts()).as(what).contains("\"eligible\": " + eligible);
  }

  private static void tell(String what, long begun) {
    System.out.printf(
        "%,d members, %s: %,d ms%n", SIZE, what, (System.nanoTime() - begun) / 1_000_000);
  }
}
