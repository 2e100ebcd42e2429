package org.rollcall.run;

import java.util.List;
import java.util.Locale;

/** The parts of a sync that run alone. */
public enum Job {
  LISTS,
  CONTACTS,
  /** Takes a run back; not part of a sync by itself. */
  UNDO;

  /** The jobs that a sync runs by itself, in this order. */
  public static final List<Job> OF_A_SYNC = List.of(LISTS, CONTACTS);

  /** The job's name in commands, routes and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
