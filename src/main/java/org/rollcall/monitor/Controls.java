package org.rollcall.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be done with a running service from outside. */
public interface Controls {
  /** When the sync runs by itself next; empty without a schedule. */
  Optional<Instant> next(String sync);

  /** Whether somebody paused the sync's schedule. */
  boolean paused(String sync);

  /**
   * Pauses or resumes the sync's schedule, for all nodes and beyond a restart.
   *
   * @param by who did it, for the audit
   */
  void pause(String sync, boolean paused, String by);

  /**
   * Begins a run of the sync's lists and contacts, and does not wait for it.
   *
   * @return what is happening, in one sentence
   */
  String runNow(String sync, String by);

  /** Why no work can be done; empty when all is well. */
  List<String> reasons();
}
