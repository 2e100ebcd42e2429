package org.rollcall.member;

import com.ibm.icu.lang.UCharacter;
import org.jspecify.annotations.Nullable;

/** White space, control characters and case, the same in every locale. */
final class Texts {
  private Texts() {}

  /** Without white space and control characters at both ends; null when nothing is left. */
  static @Nullable String trimmed(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int end = text.length();
    int start = 0;
    while (start < end && isBlankOrControl(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlankOrControl(text.charAt(end - 1))) {
      end--;
    }
    return start == end ? null : text.substring(start, end);
  }

  private static boolean isBlankOrControl(char c) {
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    return isBlank(c) || isControl(c);
  }

  /** Unicode white space, no-break spaces included; zero width characters are not white space. */
  static boolean isBlank(char c) {
    if (c <= ' ') {
      return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
    }
    return c >= 0x85 && (c == 0x85 || Character.isSpaceChar(c));
  }

  static boolean isControl(char c) {
    return c < ' ' || (c >= 0x7f && c <= 0x9f);
  }

  static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** For comparing, not for showing: full case folding without control characters. */
  static String folded(String text) {
    boolean lower = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x7f || c < ' ') {
        return foldedBeyondAscii(text);
      }
      lower &= c < 'A' || c > 'Z';
    }
    return lower ? text : asciiLower(text);
  }

  @SuppressWarnings("deprecation") // the string is known to hold ASCII only
  static String asciiLower(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      bytes[i] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return new String(bytes, 0);
  }

  private static String foldedBeyondAscii(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!isControl(text.charAt(i))) {
        kept.append(text.charAt(i));
      }
    }
    return UCharacter.foldCase(kept.toString(), true);
  }
}
