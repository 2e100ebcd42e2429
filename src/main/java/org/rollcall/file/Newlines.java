package org.rollcall.file;

/** Kinds of newline, as bits that can be gathered. */
final class Newlines {
  static final int LF = 1;
  static final int CRLF = 2;
  static final int CR = 4;

  private Newlines() {}

  /** What was gathered, in the words of a report; empty when there was none. */
  static String name(int seen) {
    return switch (seen) {
      case 0 -> "";
      case LF -> "LF";
      case CRLF -> "CRLF";
      case CR -> "CR";
      default -> "mixed";
    };
  }
}
