package org.rollcall.run;

import java.util.Locale;

/** How a run stands or ended. */
public enum RunState {
  RUNNING,
  PLANNED,
  COMPLETED,
  PARTIAL,
  HELD,
  FAILED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether everything that nothing kept back was sent, and its result is known. */
  public boolean applied() {
    return this == COMPLETED || this == PARTIAL || this == HELD;
  }

  static RunState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
