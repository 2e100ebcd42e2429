package org.rollcall.file;

import java.util.List;
import java.util.Optional;

/**
 * Finds out how the cells of a file are told apart by reading its beginning in each dialect and
 * taking the one in which the lines are most alike (after van den Burg, Nazábal and Sutton,
 * "Wrangling messy CSV files by detecting row and type patterns", 2019).
 */
final class DialectGuess {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final double CONSISTENT = 0.5;
  private static final int KEPT = 30;

  private final Text head;
  private final boolean whole;
  private final int cellChars;
  private final long line;

  /**
   * @param whole whether the head is all there is
   * @param line the number of the physical line on which it begins
   */
  DialectGuess(Text head, boolean whole, int cellChars, long line) {
    this.line = line;
    this.head = head;
    this.whole = whole;
    this.cellChars = cellChars;
  }

  Shape guess(Optional<Character> delimiter, Optional<Character> quote) {
    Shape best = delimiter.isPresent() ? best(delimiter.get(), quote) : bestOfAll(quote);
    if (best.score() > 0 && delimiter.isEmpty() && best.consistency() < CONSISTENT) {
      throw new FileException(
          best.rows().get(0).line(),
          "the lines have so different numbers of cells that no delimiter can be found",
          "declare it by the setting delimiter",
          null);
    }
    return best;
  }

  private Shape bestOfAll(Optional<Character> quote) {
    Shape best = best(Dialect.NONE, quote);
    for (char delimiter : DELIMITERS) {
      if (contains(delimiter)) {
        Shape other = best(delimiter, quote);
        best = other.score() > best.score() ? other : best;
      }
    }
    return best;
  }

  /** The best quote for a delimiter. */
  private Shape best(char delimiter, Optional<Character> quote) {
    Shape usual = withQuote(delimiter, quote.orElse('"'));
    if (quote.isEmpty() && usual.quoted() == 0 && contains('\'')) {
      Shape single = withQuote(delimiter, '\'');
      if (single.quoted() > 1 && single.malformed() == 0 && single.score() >= usual.score()) {
        return single;
      }
    }
    return usual;
  }

  /** With backslashes if quotes need them. */
  private Shape withQuote(char delimiter, char quote) {
    Shape doubled = shape(new Dialect(delimiter, quote, false));
    if (!contains('\\')) {
      return doubled;
    }
    Shape escaped = shape(new Dialect(delimiter, quote, true));
    return escaped.malformed() < doubled.malformed() ? escaped : doubled;
  }

  private Shape shape(Dialect dialect) {
    Text copy = Text.of(head.chars, head.mark, head.end);
    return Shape.of(copy, dialect, whole, cellChars, KEPT, line);
  }

  private boolean contains(char c) {
    for (int i = head.mark; i < head.end; i++) {
      if (head.chars[i] == c) {
        return true;
      }
    }
    return false;
  }
}
