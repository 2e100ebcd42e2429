package org.rollcall.settings;

/** A value that must never be printed: its text form is always {@code ***}. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
