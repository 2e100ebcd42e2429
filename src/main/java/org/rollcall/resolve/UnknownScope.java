package org.rollcall.resolve;

/** Somebody asked for a group, a member or a run that is not there. */
public final class UnknownScope extends RuntimeException {
  public UnknownScope(String message) {
    super(message);
  }
}
