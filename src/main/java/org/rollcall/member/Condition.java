package org.rollcall.member;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a member has to be to synchronise, beside having a valid address and no opt-out. */
public enum Condition {
  ENABLED,
  ACTIVE,
  MEMBERSHIP,
  /** Asked of what is known about the address, not of the row. */
  REACHABLE;

  /** From the words of the settings. */
  public static Set<Condition> of(Set<String> words) {
    Set<Condition> conditions = EnumSet.noneOf(Condition.class);
    words.forEach(word -> conditions.add(valueOf(word.toUpperCase(Locale.ROOT))));
    return conditions;
  }
}
