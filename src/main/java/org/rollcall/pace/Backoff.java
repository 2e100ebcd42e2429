package org.rollcall.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double from {@code first} up to {@code cap}; each is drawn between its half and its
 * whole, so that nodes that failed together do not come back together.
 */
public record Backoff(Duration first, Duration cap, RandomGenerator random) {
  public static final Backoff OFF = new Backoff(Duration.ZERO, Duration.ZERO, () -> 0);

  public Backoff {
    if (first.isNegative() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("the first pause is at least 0 and at most the cap");
    }
  }

  /**
   * @param failures how many tries in a row have failed, from 1 on
   */
  public Duration after(int failures) {
    long whole = first.toMillis();
    for (int i = 1; i < failures && whole < cap.toMillis(); i++) {
      whole = Math.min(whole * 2, cap.toMillis());
    }
    return Duration.ofMillis(Math.round(whole * (0.5 + random.nextDouble() / 2)));
  }
}
