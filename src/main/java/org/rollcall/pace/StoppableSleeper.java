package org.rollcall.pace;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sleeps until the program is told to stop; from then on every sleep ends at once. */
public final class StoppableSleeper implements Sleeper {
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
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
