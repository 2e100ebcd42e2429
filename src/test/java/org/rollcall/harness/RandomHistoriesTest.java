package org.rollcall.harness;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The invariants of the design over random lives. A failing one is lived again with {@code
 * -Drollcall.seed=N}; {@code -Drollcall.seeds} and {@code -Drollcall.steps} make more and longer
 * ones.
 */
class RandomHistoriesTest {
  private static final int STEPS = Integer.getInteger("rollcall.steps", 60);

  static List<Long> seeds() {
    Long one = Long.getLong("rollcall.seed");
    if (one != null) {
      return List.of(one);
    }
    return java.util.stream.LongStream.range(0, Integer.getInteger("rollcall.seeds", 4))
        .map(n -> n + Long.getLong("rollcall.first", 1))
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_members_contacts_and_staff_do_the_lists_become_right(long seed) {
    live(seed, false, false, false);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_goes_wrong_at_the_provider_the_lists_become_right_within_two_runs(long seed) {
    live(seed, true, false, false);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_becomes_of_addresses_and_of_the_hubs_own_memory_everybody_stays_who_they_are(
      long seed) {
    live(seed, true, true, false);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_staff_decide_in_the_hub_the_lists_become_right(long seed) {
    live(seed, false, false, true);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_staff_decide_and_whatever_goes_wrong_everybody_stays_who_they_are(long seed) {
    live(seed, true, true, true);
  }

  private static void live(long seed, boolean troubled, boolean identities, boolean decides) {
    try (Scene scene = Scene.open()) {
      History history = new History(scene, seed, troubled, identities, decides);
      try {
        history.live(STEPS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "replay with -Drollcall.seed=" + seed + ":\n" + String.join("\n", history.told()), e);
      }
    }
  }
}
