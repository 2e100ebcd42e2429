package org.rollcall.user;

import java.util.Locale;

/** What somebody may do; each role may do what those before it may. */
public enum Role {
  /** Looks, and changes nothing. */
  VIEWER,
  /** Membership staff: runs syncs, decides about what is held, corrects groups. */
  OPERATOR,
  /** Also connects accounts and decides who may sign in. */
  ADMINISTRATOR;

  public boolean may(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** As it is written in the database, in settings and on pages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such role
   */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
