package org.rollcall.settings;

/** Whose name the contact of a shared address carries. */
public enum SharedName {
  WINNER,
  COMBINE
}
