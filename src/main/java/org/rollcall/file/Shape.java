package org.rollcall.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the beginning of a file looks like, read in one dialect.
 *
 * @param rows the records with anything in them
 * @param malformed how many were no records
 * @param quoted how many cells were in quotes
 */
record Shape(Dialect dialect, List<Row> rows, int malformed, int quoted) {
  private static final int MOST_ROWS = 2_000;
  private static final int MOST_CELLS = 1 << 16;

  /**
   * @param filled how many cells have anything in them
   * @param last the number of the last one
   * @param cells kept for the first records only
   */
  record Row(long line, int width, int filled, int last, List<String> cells) {}

  /**
   * @param whole whether the text ends where the file does
   * @param keep how many of the first records keep their cells
   * @param line the number of the physical line on which the text begins
   */
  static Shape of(Text head, Dialect dialect, boolean whole, int cellChars, int keep, long line) {
    Tokenizer tokenizer = new Tokenizer(head, dialect, cellChars, MOST_CELLS, line);
    List<Row> rows = new ArrayList<>();
    int malformed = 0;
    Tokenizer.Outcome outcome = tokenizer.next();
    while (outcome != Tokenizer.Outcome.END && rows.size() < MOST_ROWS) {
      boolean untrusted = !whole && tokenizer.openEnd() && !rows.isEmpty();
      if (outcome == Tokenizer.Outcome.RECORD) {
        if (tokenizer.filled() > 0 && !untrusted) {
          rows.add(row(tokenizer, rows.size() < keep));
        }
      } else if (whole || outcome != Tokenizer.Outcome.UNCLOSED) {
        malformed++;
      }
      outcome = tokenizer.next();
    }
    return new Shape(dialect, rows, malformed, tokenizer.quotedCells());
  }

  private static Row row(Tokenizer tokenizer, boolean keep) {
    List<String> cells = new ArrayList<>();
    int filled = 0;
    for (int i = 0; i < Math.min(tokenizer.count(), MOST_CELLS); i++) {
      filled += tokenizer.cellLength(i) > 0 ? 1 : 0;
      if (keep) {
        cells.add(tokenizer.cell(i).strip());
      }
    }
    return new Row(tokenizer.first(), tokenizer.count(), filled, tokenizer.filled(), cells);
  }

  /** The width that most records have; of several the widest. */
  int usualWidth() {
    Map<Integer, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.width(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** The share of records that have the usual width, from 0 to 1. */
  double consistency() {
    int usual = usualWidth();
    long fitting = rows.stream().filter(row -> row.width() == usual).count();
    return rows.isEmpty() ? 0 : (double) fitting / (rows.size() + malformed);
  }

  /**
   * How much speaks for the dialect: consistent lines, many cells a line, and a first line that is
   * like the others.
   */
  double score() {
    int usual = usualWidth();
    if (usual < 2) {
      return 0;
    }
    double headed = rows.get(0).width() == usual ? 1 : 0.8;
    return consistency() * (usual - 1) / usual * headed;
  }
}
