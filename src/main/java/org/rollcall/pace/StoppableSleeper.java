package org.rollcall.pace;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sleeps until the program is told to stop; from then on long sleeps end at once. Short ones do
 * not, so that a call in hand still gets its turn.
 */
public final class StoppableSleeper implements Sleeper {
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.compareTo(SHORT) <= 0) {
      REAL.sleep(duration);
    } else if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("the program stops");
    }
  }

  public void stop() {
    stopped.countDown();
  }

  public boolean stopped() {
    return stopped.getCount() == 0;
  }
}
