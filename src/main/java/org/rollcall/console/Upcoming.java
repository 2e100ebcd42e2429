package org.rollcall.console;

import java.time.Instant;
import java.util.Optional;

/** When something runs by itself. */
@FunctionalInterface
public interface Upcoming {
  /** Empty when the sync has no schedule. */
  Optional<Instant> next(String sync);
}
