package org.rollcall.settings;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How often a scheduled run reads everything back and compares. */
public enum Reconcile {
  NEVER,
  DAILY,
  WEEKLY,
  MONTHLY;

  /** The first day of the period that a day lies in; weeks begin on Monday. */
  public LocalDate periodOf(LocalDate day) {
    return switch (this) {
      case NEVER, DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> day.withDayOfMonth(1);
    };
  }
}
