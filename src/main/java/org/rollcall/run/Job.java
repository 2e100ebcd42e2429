package org.rollcall.run;

import java.util.Locale;

/** The parts of a sync that run alone. */
public enum Job {
  LISTS,
  CONTACTS,
  /** Takes a run back; not part of a sync by itself. */
  UNDO;

  /** The job's name in commands, routes and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
