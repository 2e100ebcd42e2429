package org.rollcall.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  /** Always the longest pause. */
  private static final RandomGenerator HIGHEST = () -> -1;

  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "6, 30000", "1000000, 30000"})
  void pauses_double_up_to_the_cap(int failures, long millis) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), HIGHEST);

    assertThat(backoff.after(failures)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void a_pause_is_drawn_between_its_half_and_its_whole() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(7));

    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.after(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
    assertThat(backoff.after(2)).isNotEqualTo(backoff.after(2));
  }

  @Test
  void it_can_be_switched_off() {
    assertThat(Backoff.OFF.after(10)).isZero();
  }
}
