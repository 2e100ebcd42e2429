package org.rollcall.file;

/** Makes whatever stands in a file fit to be shown: on one line, nothing hidden, not long. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && shown.length() < LONGEST; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      append(shown, c, i == text.length());
    }
    int length = Math.min(shown.length(), LONGEST);
    boolean halved = length > 0 && Character.isHighSurrogate(shown.charAt(length - 1));
    return shown.substring(0, halved ? length - 1 : length);
  }

  private static void append(StringBuilder shown, int c, boolean last) {
    if (c == '\n' || c == '\r') {
      shown.append(last ? "" : " ");
    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      shown.append("\\x%02X".formatted(Decoding.byteOf((char) c)));
    } else if (hidden(c)) {
      shown.append(escape(c));
    } else {
      shown.appendCodePoint(c);
    }
  }

  /** How a character is named that cannot be seen. */
  static String escape(int c) {
    return "U+%04X".formatted(c);
  }

  private static boolean hidden(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE;
  }
}
