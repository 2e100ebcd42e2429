package org.rollcall.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line {@code sep=;} that Excel understands, and some programs write for it. */
final class SeparatorLine {
  private static final Pattern LINE = Pattern.compile("\"?[sS][eE][pP]=(.)\"?(\r\n|\n|\r)");

  private SeparatorLine() {}

  /** Goes behind the line, if there is one. */
  static Optional<Character> skip(Text text) {
    String start = new String(text.chars, text.mark, Math.min(10, text.end - text.mark));
    Matcher matcher = LINE.matcher(start);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    text.mark += matcher.end();
    return Optional.of(matcher.group(1).charAt(0));
  }
}
