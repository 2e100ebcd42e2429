package org.rollcall.alert;

import java.time.Instant;
import java.util.Optional;

/** When things are due by their schedules. */
public interface Times {
  /** The last time up to {@code until} at which the sync was due; empty without a schedule. */
  Optional<Instant> due(String sync, Instant until);

  /** The last time of the digest from {@code since} to {@code now}, both included. */
  Optional<Instant> digest(Instant since, Instant now);
}
