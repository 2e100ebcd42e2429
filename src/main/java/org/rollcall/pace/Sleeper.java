package org.rollcall.pace;

import java.time.Duration;

/** The only way to sleep in this program, so that tests can do without. */
@FunctionalInterface
public interface Sleeper {
  Sleeper REAL = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

  void sleep(Duration duration) throws InterruptedException;
}
