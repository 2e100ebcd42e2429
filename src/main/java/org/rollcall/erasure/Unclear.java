package org.rollcall.erasure;

/** It cannot be told whom is meant; the message says what to name instead. */
public final class Unclear extends RuntimeException {
  Unclear(String message) {
    super(message);
  }
}
