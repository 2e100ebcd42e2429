package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, five seconds at most. */
final class Eventually {
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private Eventually() {}

  static <T> void equal(T wanted, Supplier<T> actual) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!wanted.equals(actual.get()) && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(actual.get()).isEqualTo(wanted);
  }
}
