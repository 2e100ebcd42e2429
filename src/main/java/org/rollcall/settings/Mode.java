package org.rollcall.settings;

/** How a list is kept: add and remove, never remove, or only take away. */
public enum Mode {
  MIRROR,
  ADD_ONLY,
  REMOVE_ONLY
}
