package org.rollcall.settings;

/** Whose address counts when it was changed at the provider and the source has another. */
public enum AddressConflicts {
  SOURCE,
  PROVIDER,
  ASK
}
