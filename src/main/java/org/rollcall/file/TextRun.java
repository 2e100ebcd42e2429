package org.rollcall.file;

import javax.xml.stream.XMLStreamReader;

/** Collects the text of a cell up to a limit, however long it goes on. */
final class TextRun {
  private final StringBuilder text = new StringBuilder();
  private final int most;
  private boolean tooLong;

  /**
   * @param most characters; what comes beyond is dropped and remembered as too long
   */
  TextRun(int most) {
    this.most = most;
  }

  void clear() {
    text.setLength(0);
    tooLong = false;
  }

  void append(XMLStreamReader reader) {
    int length = reader.getTextLength();
    int room = most - text.length();
    tooLong |= length > room;
    text.append(reader.getTextCharacters(), reader.getTextStart(), Math.min(length, room));
  }

  boolean tooLong() {
    return tooLong;
  }

  boolean isEmpty() {
    return text.length() == 0;
  }

  /** The characters as the XML has them. */
  String raw() {
    return text.toString();
  }

  /** The text with {@code _x000D_} and the like turned into the characters they stand for. */
  String text() {
    return text.indexOf("_x") < 0 ? text.toString() : unescaped(text.toString());
  }

  private static String unescaped(String escaped) {
    StringBuilder plain = new StringBuilder(escaped.length());
    int i = 0;
    while (i < escaped.length()) {
      int code = escaped.startsWith("_x", i) ? code(escaped, i + 2) : -1;
      code = code <= 0xffff && Character.isSurrogate((char) code) ? -1 : code;
      plain.append(code < 0 ? escaped.charAt(i) : (char) code);
      i += code < 0 ? 1 : 7;
    }
    return plain.toString();
  }

  /** The four hexadecimal digits from there, closed by an underscore; else -1. */
  private static int code(String text, int from) {
    if (from + 4 >= text.length() || text.charAt(from + 4) != '_') {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }
}
