package org.rollcall.run;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Why a run reads everything back and compares.
 *
 * @param scheduledFor the time of the schedule that was due, absent when a person asked for it
 */
public record Reconciling(@Nullable LocalDateTime scheduledFor) {
  public static final Reconciling ASKED_FOR = new Reconciling(null);
}
