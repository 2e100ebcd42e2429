package org.rollcall.file;

import java.util.Arrays;

/**
 * Cuts a text into records and cells. Strict where leniency would shift cells: after a closing
 * quote only a delimiter or the end of the line may follow, and a quote that stays open too long is
 * taken for a stray one. After trouble it goes on with the next line it can trust.
 *
 * <p>Cells are kept as positions until {@link #cell} is asked; they hold until the next {@link
 * #next}.
 */
final class Tokenizer {
  /** What was found. */
  enum Outcome {
    /** A record, well-formed as far as quotes go. */
    RECORD,
    /** Nothing more. */
    END,
    /** The text ends within quotes. */
    UNCLOSED,
    /** Something else than a delimiter follows a closing quote; skipped to the end of that line. */
    AFTER_QUOTE,
    /** A quote stays open for longer than a cell may be; skipped to the end of its line. */
    SWALLOWING,
    /** The line is longer than a line may be; skipped to its end. */
    TOO_LONG
  }

  private static final int LINES_IN_QUOTES = 100;
  private static final int SHOWN = 240;

  private static final byte DELIMITER = 1;
  private static final byte QUOTE = 2;
  private static final byte NEWLINE = 3;
  private static final byte BACKSLASH = 4;
  private static final byte ODD = 5;

  private static final byte[] PLAIN_KINDS = plainKinds();

  private final Text text;
  private final int cellChars;
  private final int most;
  private final char quote;
  private final byte[] kinds = PLAIN_KINDS.clone();

  private int expected;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private boolean[] escaped = new boolean[64];

  private long line;
  private int at;
  private boolean full;

  // of the record at hand; positions are counted from the mark
  private long first;
  private int count;
  private int filled;
  private boolean odd;
  private boolean strayQuotes;
  private boolean swallowed;
  private boolean tooLongCell;
  private boolean openEnd;
  private boolean endsQuoted;
  private int troubled;
  private String shown = "";

  private int quotedCells;
  private int newlines;

  /**
   * @param cellChars how long a cell may be
   * @param most how many cells of a record are kept at most; more are counted
   * @param line the number of the physical line on which the text begins
   */
  Tokenizer(Text text, Dialect dialect, int cellChars, int most, long line) {
    this.line = line;
    this.text = text;
    this.cellChars = cellChars;
    this.most = most;
    this.quote = dialect.quote();
    if (dialect.delimiter() != Dialect.NONE) {
      kinds[dialect.delimiter()] = DELIMITER;
    }
    kinds[quote] = QUOTE;
    if (dialect.backslash()) {
      kinds['\\'] = BACKSLASH;
    }
  }

  private static byte[] plainKinds() {
    byte[] kinds = new byte[1 << 16];
    for (int c = 0; c < 0xA0; c++) {
      kinds[c] = Character.isISOControl(c) ? ODD : 0;
    }
    Arrays.fill(kinds, Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1, ODD);
    kinds[0xFEFF] = ODD;
    kinds['\t'] = 0;
    kinds['\n'] = NEWLINE;
    kinds['\r'] = NEWLINE;
    return kinds;
  }

  /** Says how many cells a record should have, to recognise records swallowed by a quote. */
  void expect(int cells) {
    this.expected = cells;
  }

  /** Goes on to the next record. */
  Outcome next() {
    text.mark += at;
    at = 0;
    first = line;
    count = 0;
    filled = 0;
    odd = false;
    strayQuotes = false;
    swallowed = false;
    tooLongCell = false;
    openEnd = false;
    endsQuoted = false;
    troubled = 0;
    if (!has(0)) {
      return Outcome.END;
    }
    return settle(record());
  }

  private Outcome settle(Outcome outcome) {
    switch (outcome) {
      case RECORD, END -> {}
      case UNCLOSED -> show();
      case AFTER_QUOTE, TOO_LONG -> {
        show();
        skipLine();
      }
      case SWALLOWING -> {
        show();
        at = 0;
        line = first;
        skipLine();
      }
    }
    return outcome;
  }

  private void show() {
    troubled = count + 1;
    shown = record(SHOWN);
  }

  private Outcome record() {
    while (true) {
      Outcome outcome = startsQuoted() ? quoted() : plain();
      if (outcome != Outcome.RECORD) {
        return outcome;
      }
      if (!has(at)) {
        openEnd = !full;
        return full ? Outcome.TOO_LONG : outcome;
      }
      char ending = text.chars[text.mark + at];
      if (kinds[ending] == NEWLINE) {
        newlines |= newline(ending);
        return outcome;
      }
      at++;
    }
  }

  /** Skips spaces before a quote, and only there. */
  private boolean startsQuoted() {
    int start = at;
    while (has(at) && isBlank(text.chars[text.mark + at])) {
      at++;
    }
    if (has(at) && text.chars[text.mark + at] == quote) {
      return true;
    }
    at = start;
    return false;
  }

  private boolean isBlank(char c) {
    return (c == ' ' || c == '\t') && kinds[c] != DELIMITER;
  }

  /** A cell without quotes: everything up to the delimiter or the end of the line. */
  private Outcome plain() {
    int start = at;
    while (true) {
      char[] chars = text.chars;
      int limit = text.end;
      int i = text.mark + at;
      byte kind = 0;
      while (i < limit) {
        kind = kinds[chars[i]];
        if (kind != 0) {
          if (kind == DELIMITER || kind == NEWLINE) {
            break;
          }
          odd |= kind == ODD;
          strayQuotes |= kind == QUOTE;
        }
        i++;
      }
      at = i - text.mark;
      if (i < limit) {
        break;
      }
      Text.Fill fill = text.fill();
      if (fill == Text.Fill.FULL) {
        return Outcome.TOO_LONG;
      }
      if (fill == Text.Fill.END) {
        break;
      }
    }
    endsQuoted = false;
    add(start, at, false);
    return Outcome.RECORD;
  }

  private Outcome quoted() {
    at++;
    int start = at;
    int lines = 0;
    int delimiters = 0;
    boolean escape = false;
    while (true) {
      if (!has(at)) {
        return full ? Outcome.SWALLOWING : Outcome.UNCLOSED;
      }
      char c = text.chars[text.mark + at];
      switch (kinds[c]) {
        case QUOTE -> {
          if (!has(at + 1) || text.chars[text.mark + at + 1] != quote) {
            return closed(start, escape);
          }
          escape = true;
          at += 2;
        }
        case BACKSLASH -> {
          escape = true;
          at += has(at + 1) && isEscapable(text.chars[text.mark + at + 1]) ? 2 : 1;
        }
        case NEWLINE -> {
          swallowed |= lines > 0 && expected > 3 && delimiters == expected - 1;
          delimiters = 0;
          lines++;
          newline(c);
          if (lines > LINES_IN_QUOTES || at - start > cellChars) {
            return Outcome.SWALLOWING;
          }
        }
        case DELIMITER -> {
          delimiters++;
          at++;
        }
        case ODD -> {
          odd = true;
          at++;
        }
        default -> at = plainRun(at + 1);
      }
    }
  }

  private int plainRun(int from) {
    char[] chars = text.chars;
    int i = text.mark + from;
    while (i < text.end && kinds[chars[i]] == 0) {
      i++;
    }
    return i - text.mark;
  }

  private boolean isEscapable(char c) {
    return c == quote || c == '\\';
  }

  private Outcome closed(int start, boolean escape) {
    int close = at;
    at++;
    while (has(at) && isBlank(text.chars[text.mark + at])) {
      at++;
    }
    if (has(at)) {
      byte kind = kinds[text.chars[text.mark + at]];
      if (kind != DELIMITER && kind != NEWLINE) {
        return Outcome.AFTER_QUOTE;
      }
    }
    quotedCells++;
    endsQuoted = true;
    add(start, close, escape);
    return Outcome.RECORD;
  }

  private void add(int start, int stop, boolean escape) {
    if (count < most) {
      if (count == from.length) {
        grow();
      }
      from[count] = start;
      to[count] = stop;
      escaped[count] = escape;
    }
    count++;
    tooLongCell |= stop - start > cellChars;
    if (!isBlank(start, stop)) {
      filled = count;
    }
  }

  private boolean isBlank(int start, int stop) {
    for (int i = text.mark + start; i < text.mark + stop; i++) {
      if (!Character.isWhitespace(text.chars[i])) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    from = Arrays.copyOf(from, from.length * 2);
    to = Arrays.copyOf(to, to.length * 2);
    escaped = Arrays.copyOf(escaped, escaped.length * 2);
  }

  /** Steps over one newline of whatever kind. */
  private int newline(char c) {
    line++;
    at++;
    if (c == '\n') {
      return Newlines.LF;
    }
    if (has(at) && text.chars[text.mark + at] == '\n') {
      at++;
      return Newlines.CRLF;
    }
    return Newlines.CR;
  }

  /** Goes to the beginning of the next physical line, however long this one is. */
  private void skipLine() {
    while (!skipToNewline()) {
      text.mark += at;
      at = 0;
      if (text.fill() != Text.Fill.MORE) {
        openEnd = true;
        return;
      }
    }
    newline(text.chars[text.mark + at]);
  }

  private boolean skipToNewline() {
    char[] chars = text.chars;
    int limit = text.end;
    int i = text.mark + at;
    while (i < limit && kinds[chars[i]] != NEWLINE) {
      i++;
    }
    at = i - text.mark;
    return i < limit;
  }

  private boolean has(int position) {
    while (text.mark + position >= text.end) {
      Text.Fill fill = text.fill();
      if (fill != Text.Fill.MORE) {
        full = fill == Text.Fill.FULL;
        return false;
      }
    }
    return true;
  }

  /** The physical line on which the record begins, from 1. */
  long first() {
    return first;
  }

  /** The physical line on which the next record begins. */
  long nextLine() {
    return line;
  }

  /** How many cells the record has. */
  int count() {
    return count;
  }

  /** The number of the last cell with more than white space in it, 0 when there is none. */
  int filled() {
    return filled;
  }

  /** Whether there are control characters, undecodable bytes or marks that need a closer look. */
  boolean odd() {
    return odd;
  }

  /** Whether there are quotes within cells that have none around them. */
  boolean strayQuotes() {
    return strayQuotes;
  }

  /** Whether a cell holds a line that looks like a record. */
  boolean swallowed() {
    return swallowed;
  }

  boolean tooLongCell() {
    return tooLongCell;
  }

  /** Whether the text ends behind this record without a newline. */
  boolean openEnd() {
    return openEnd;
  }

  /** Whether the last cell ends with a quote, as only a whole one does. */
  boolean endsQuoted() {
    return endsQuoted;
  }

  /** The cell in which a malformed record went wrong, from 1. */
  int troubled() {
    return troubled;
  }

  /** The beginning of a malformed record. */
  String shown() {
    return shown;
  }

  /** How many cells were in quotes so far. */
  int quotedCells() {
    return quotedCells;
  }

  /** The kinds of newline met so far. */
  int newlines() {
    return newlines;
  }

  /** How many characters the record has, its newline included. */
  int length() {
    return at;
  }

  /** The beginning of the record as it stands there. */
  String record(int chars) {
    int length = Math.min(chars, Math.min(at, text.end - text.mark));
    return new String(text.chars, text.mark, length);
  }

  int cellLength(int index) {
    return to[index] - from[index];
  }

  /** The text of a cell that is kept, counted from 0. */
  String cell(int index) {
    int start = text.mark + from[index];
    int length = to[index] - from[index];
    return escaped[index] ? unescaped(start, length) : new String(text.chars, start, length);
  }

  private String unescaped(int start, int length) {
    StringBuilder plain = new StringBuilder(length);
    for (int i = start; i < start + length; i++) {
      char c = text.chars[i];
      boolean doubled = c == quote;
      boolean escape =
          kinds[c] == BACKSLASH && i + 1 < start + length && isEscapable(text.chars[i + 1]);
      plain.append(doubled || escape ? text.chars[++i] : c);
    }
    return plain.toString();
  }
}
