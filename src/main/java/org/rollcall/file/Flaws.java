package org.rollcall.file;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks for what no cell may hold: bytes that are no character, and control characters. */
final class Flaws {
  private Flaws() {}

  /**
   * What is wrong with a cell; null when nothing is.
   *
   * @param byteAt where the first undecodable bytes of the line are in the unpacked file, from 1
   */
  static @Nullable String in(String cell, OptionalLong byteAt, String charset) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < cell.length()
          && Character.isLowSurrogate(cell.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return undecodable(c, byteAt, charset);
      } else if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
        return "holds the control character " + Printable.escape(c) + "; take it out";
      } else if (c == '\uFEFF') {
        return "holds a byte order mark in the middle of the file; take it out";
      }
    }
    return null;
  }

  private static String undecodable(char escape, OptionalLong byteAt, String charset) {
    String where = byteAt.isPresent() ? " (byte " + byteAt.getAsLong() + " of the file)" : "";
    return "holds the byte %02X, which is no character in %s%s; save the file as UTF-8, or declare its charset"
        .formatted(Decoding.byteOf(escape), charset, where);
  }
}
