package org.rollcall.pace;

import java.time.Duration;

/** Is told of every call to a provider. */
@FunctionalInterface
public interface CallWatch {
  CallWatch NONE = (account, status, took) -> {};

  /**
   * A call has ended.
   *
   * @param status of the answer; 0 when none came
   * @param took from sending to the end of the answer, without the wait for a turn
   */
  void ended(String account, int status, Duration took);
}
