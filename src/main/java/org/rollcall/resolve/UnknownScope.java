package org.rollcall.resolve;

/** A run was asked for a group or member that the source does not have. */
public final class UnknownScope extends RuntimeException {
  public UnknownScope(String message) {
    super(message);
  }
}
