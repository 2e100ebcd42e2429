package org.rollcall.alert;

import java.util.regex.Pattern;

/**
 * Makes texts from elsewhere, such as names of groups and words of the provider, harmless: no line
 * breaks, no control characters, none that turn the direction of reading, no addresses, not too
 * long.
 */
final class Plain {
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"',;:()]+@[^\\s<>\"',;:()]+");

  private Plain() {}

  /**
   * One line of it.
   *
   * @param longest in characters as people count them, an ellipsis included
   */
  static String line(String text, int longest) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().map(Plain::harmless).forEach(kept::appendCodePoint);
    String one = kept.toString().replaceAll(" +", " ").strip();
    String masked = ADDRESS.matcher(one).replaceAll("(an address)");
    if (masked.codePointCount(0, masked.length()) <= longest) {
      return masked;
    }
    return masked.substring(0, masked.offsetByCodePoints(0, longest - 1)) + "…";
  }

  private static int harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          ' ';
      // joiners belong to letters of some scripts; the others are invisible or turn the direction
      case Character.FORMAT -> point == 0x200C || point == 0x200D ? point : ' ';
      default -> point;
    };
  }
}
