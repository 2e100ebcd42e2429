package org.rollcall.operate;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One time of a schedule.
 *
 * @param local what the wall clock of the sync's zone should show
 * @param pass 2 when that hour passes for the second time because the clock was turned back, else 1
 * @param at when that is
 * @param end when the window closes in which the sync may work; null when it never closes
 */
record Fire(LocalDateTime local, int pass, Instant at, @Nullable Instant end) {
  static final Comparator<Fire> ORDER = Comparator.comparing(Fire::at).thenComparing(Fire::local);

  boolean over(Instant now) {
    return end != null && !now.isBefore(end);
  }
}
