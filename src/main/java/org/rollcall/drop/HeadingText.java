package org.rollcall.drop;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a column as people see it, whatever is between and around its letters. */
final class HeadingText {
  private static final int SHOWN = 60;
  private static final Pattern SEPARATORS = Pattern.compile("[_.\\-\u2010-\u2014:*]");

  private HeadingText() {}

  /**
   * Without invisible characters, with one blank for any white space between words and none around
   * them.
   */
  static String plain(String heading) {
    StringBuilder plain = new StringBuilder(heading.length());
    boolean blank = false;
    for (int i = 0; i < heading.length(); ) {
      int c = heading.codePointAt(i);
      i += Character.charCount(c);
      if (isBlank(c)) {
        blank = true;
      } else if (!isInvisible(c)) {
        if (blank && !plain.isEmpty()) {
          plain.append(' ');
        }
        blank = false;
        plain.appendCodePoint(c);
      }
    }
    return Normalizer.normalize(plain, Normalizer.Form.NFC).strip();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  /**
   * Zero width characters, byte order marks, directions, and characters that nothing stands for.
   */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }

  /** By which two names are the same: their letters in lower case. */
  static String folded(String heading) {
    return Normalizer.normalize(
        plain(heading).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** By which a usual spelling is found: underscores, hyphens and dots are blanks. */
  static String spelling(String heading) {
    return plain(SEPARATORS.matcher(folded(heading)).replaceAll(" "));
  }

  /** In quotation marks, for a message. */
  static String quoted(String heading) {
    return '"' + shown(heading) + '"';
  }

  static String shown(String heading) {
    String plain = plain(heading);
    return plain.codePointCount(0, plain.length()) > SHOWN
        ? plain.substring(0, plain.offsetByCodePoints(0, SHOWN)) + "..."
        : plain;
  }
}
