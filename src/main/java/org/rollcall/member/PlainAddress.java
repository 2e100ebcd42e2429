package org.rollcall.member;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the addresses nearly everybody has, in one pass: ASCII letters, digits and the marks
 * {@code . _ - + '}, a domain of names ending in letters. Everything else is left to the library;
 * what is accepted here the library accepts too.
 */
final class PlainAddress {
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_LABEL = 63;
  private static final byte LETTER = 1;
  private static final byte UPPER = 2;
  private static final byte DIGIT = 3;
  private static final byte LOCAL_MARK = 4;
  private static final byte[] CLASS = new byte[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      CLASS[c] = LETTER;
      CLASS[c - 32] = UPPER;
    }
    for (char c = '0'; c <= '9'; c++) {
      CLASS[c] = DIGIT;
    }
    for (char c : "_+'".toCharArray()) {
      CLASS[c] = LOCAL_MARK;
    }
  }

  private PlainAddress() {}

  /** The address in lower case, or null when it needs a closer look. */
  static @Nullable String normalise(String text) {
    int length = text.length();
    if (length > EmailAddress.LONGEST) {
      return null;
    }
    int at = endOfLocalPart(text, length);
    if (at <= 0 || at > LONGEST_LOCAL_PART || !endsInDomain(text, at + 1, length)) {
      return null;
    }
    return hasUpper(text, length) ? Texts.asciiLower(text) : text;
  }

  private static byte classOf(char c) {
    return c < 128 ? CLASS[c] : 0;
  }

  private static int endOfLocalPart(String text, int length) {
    char before = '.';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        return before == '.' ? -1 : i;
      }
      if (c == '.' ? before == '.' : c != '-' && classOf(c) == 0) {
        return -1;
      }
      before = c;
    }
    return -1;
  }

  private static boolean endsInDomain(String text, int from, int length) {
    int label = from;
    boolean lettersOnly = true;
    for (int i = from; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (!isLabel(text, label, i)) {
          return false;
        }
        label = i + 1;
        lettersOnly = true;
      } else {
        byte kind = classOf(c);
        if (c != '-' && (kind == 0 || kind == LOCAL_MARK)) {
          return false;
        }
        lettersOnly &= kind == LETTER || kind == UPPER;
      }
    }
    return label > from && lettersOnly && length - label >= 2 && isLabel(text, label, length);
  }

  private static boolean isLabel(String text, int from, int until) {
    return until > from
        && until - from <= LONGEST_LABEL
        && text.charAt(from) != '-'
        && text.charAt(until - 1) != '-';
  }

  private static boolean hasUpper(String text, int length) {
    for (int i = 0; i < length; i++) {
      if (classOf(text.charAt(i)) == UPPER) {
        return true;
      }
    }
    return false;
  }
}
