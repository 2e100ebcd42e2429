package org.rollcall.api;

import java.time.Instant;
import java.util.Optional;

/** When a sync runs by itself. */
@FunctionalInterface
public interface Next {
  /** Empty when the sync has no schedule. */
  Optional<Instant> run(String sync);
}
