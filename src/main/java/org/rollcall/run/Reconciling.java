package org.rollcall.run;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Why a run reads everything back and compares.
 *
 * @param scheduledFor the time of the schedule that was due, absent when a person asked for it
 * @param putBack the hub's state is older than what was sent: the run reads and plans only
 */
public record Reconciling(@Nullable LocalDateTime scheduledFor, boolean putBack) {
  public static final Reconciling ASKED_FOR = new Reconciling(null, false);

  /** As the schedule wants it. */
  public static Reconciling scheduled(LocalDateTime due) {
    return new Reconciling(due, false);
  }

  /** The same because the hub's state is older than what was sent. */
  static Reconciling afterPuttingBack(@Nullable Reconciling wanted) {
    return new Reconciling(wanted == null ? null : wanted.scheduledFor(), true);
  }
}
