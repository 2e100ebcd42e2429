package org.rollcall.run;

import java.util.List;
import java.util.Locale;

/** The parts of a sync that run alone. */
public enum Job {
  LISTS,
  CONTACTS,
  /** Reads what contacts did with campaigns; by a schedule of its own. */
  ACTIVITIES,
  /** Takes a run back; not part of a sync by itself. */
  UNDO;

  /** The jobs that a sync runs by itself, in this order. */
  public static final List<Job> OF_A_SYNC = List.of(LISTS, CONTACTS);

  /** The jobs that a person may ask for. */
  public static final List<Job> BY_NAME = List.of(LISTS, CONTACTS, ACTIVITIES);

  /** The job's name in commands, routes and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
