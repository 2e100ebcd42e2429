package org.rollcall.oidc;

/** The provider answered, and said no. */
final class RefusedException extends Exception {
  RefusedException(String code) {
    super("the provider refused: " + code);
  }
}
