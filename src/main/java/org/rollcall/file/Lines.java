package org.rollcall.file;

/** Cuts a text into physical lines. The line at hand begins at the mark of the text. */
final class Lines {
  private final Text text;
  private long number;
  private int length;
  private int behind;
  private int newlines;
  private boolean tooLong;
  private boolean openEnd;

  Lines(Text text) {
    this.text = text;
  }

  /** Goes on to the next line; false at the end. */
  boolean next() {
    skipRest();
    number++;
    length = 0;
    openEnd = false;
    while (!atNewline()) {
      if (text.mark + length >= text.end && !more()) {
        behind = length;
        openEnd = !tooLong;
        return length > 0;
      }
      length++;
    }
    stepOver();
    return true;
  }

  private boolean atNewline() {
    int at = text.mark + length;
    return at < text.end && isNewline(text.chars[at]);
  }

  private boolean more() {
    Text.Fill fill = text.fill();
    tooLong = fill == Text.Fill.FULL;
    if (fill == Text.Fill.MORE) {
      length--;
      return true;
    }
    return false;
  }

  private void stepOver() {
    boolean carriage = text.chars[text.mark + length] == '\r';
    behind = length + 1;
    if (!carriage) {
      newlines |= Newlines.LF;
    } else if (has(behind) && text.chars[text.mark + behind] == '\n') {
      behind++;
      newlines |= Newlines.CRLF;
    } else {
      newlines |= Newlines.CR;
    }
  }

  private boolean has(int position) {
    return text.mark + position < text.end || text.fill() == Text.Fill.MORE;
  }

  /** Leaves the line at hand, to its end even if it does not fit into the window. */
  private void skipRest() {
    text.mark += behind;
    behind = 0;
    while (tooLong) {
      while (text.mark < text.end && !isNewline(text.chars[text.mark])) {
        text.mark++;
      }
      if (text.mark < text.end) {
        tooLong = false;
        length = 0;
        stepOver();
        text.mark += behind;
        behind = 0;
      }
      if (tooLong && text.fill() != Text.Fill.MORE) {
        tooLong = false;
      }
    }
  }

  private static boolean isNewline(char c) {
    return c == '\n' || c == '\r';
  }

  boolean blank() {
    return !tooLong && shown(length).isBlank();
  }

  /** The number of the line, from 1. */
  long number() {
    return number;
  }

  /** How many characters the line has, without its newline. */
  int length() {
    return length;
  }

  /** Whether only the beginning of the line is there. */
  boolean tooLong() {
    return tooLong;
  }

  /** Whether the text ends with this line, without a newline. */
  boolean openEnd() {
    return openEnd;
  }

  /** The kinds of newline met so far. */
  int newlines() {
    return newlines;
  }

  /** The beginning of the line. */
  String shown(int chars) {
    return new String(text.chars, text.mark, Math.min(chars, length));
  }
}
