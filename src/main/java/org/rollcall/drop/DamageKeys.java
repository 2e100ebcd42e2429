package org.rollcall.drop;

import java.util.Optional;

/** The lengths of a file's keys, which show that leading zeros may be lost. */
final class DamageKeys {
  private static final int LONGEST = 18;
  private static final int ENOUGH = 20;

  private final long[] byLength = new long[LONGEST + 1];
  private long count;
  private boolean zeros;
  private boolean others;

  void see(String key) {
    count++;
    others = others || key.length() > LONGEST || !key.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!others) {
      byLength[key.length()]++;
      zeros |= key.charAt(0) == '0' && key.length() > 1;
    }
  }

  /**
   * A note when all keys are digits, most of one length, and some shorter. It cannot be told from a
   * plain count that reached that length, so it is never more than a note.
   *
   * @param setting the key of the setting that would make sure
   */
  Optional<String> note(String setting) {
    int usual = 0;
    for (int length = 1; length <= LONGEST; length++) {
      usual = byLength[length] > byLength[usual] ? length : usual;
    }
    long shorter = 0;
    for (int length = 1; length < usual; length++) {
      shorter += byLength[length];
    }
    if (others
        || zeros
        || count < ENOUGH
        || usual < 3
        || shorter == 0
        || byLength[usual] * 2 < count) {
      return Optional.empty();
    }
    return Optional.of(
        "Most keys have %d digits, and %d %s fewer: if they should begin with zeros, these are lost;"
                .formatted(usual, shorter, shorter == 1 ? "has" : "have")
            + " %s=\\d{%d} would refuse them.".formatted(setting, usual));
  }
}
