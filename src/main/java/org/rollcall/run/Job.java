package org.rollcall.run;

import java.util.Locale;

/** The parts of a sync that run alone. */
public enum Job {
  LISTS,
  CONTACTS;

  /** The job's name in commands, routes and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
