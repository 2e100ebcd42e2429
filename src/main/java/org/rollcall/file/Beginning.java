package org.rollcall.file;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Finds the line with the names of the columns. Titles and comments above it are skipped when
 * nothing else can be meant; when in doubt the file is refused.
 */
final class Beginning {
  private static final int MOST_ABOVE = 20;

  private final Shape shape;
  private final int usual;

  Beginning(Shape shape) {
    this.shape = shape;
    this.usual = shape.usualWidth();
  }

  /** The physical line of the header. */
  Shape.Row header() {
    List<Shape.Row> rows = shape.rows();
    int at = 0;
    while (at < rows.size() && isAbove(rows.get(at))) {
      at++;
    }
    if (at == rows.size() || at > MOST_ABOVE) {
      return accepted(rows.get(0));
    }
    Shape.Row header = rows.get(at);
    if (at > 0 && !looksLikeNames(header)) {
      throw unclear(rows.get(0));
    }
    return accepted(header);
  }

  private Shape.Row accepted(Shape.Row header) {
    refuseData(header);
    refuseOtherWidth(header);
    return header;
  }

  private boolean isAbove(Shape.Row row) {
    boolean comment = row.cells().get(0).startsWith("#") && row.width() != usual;
    boolean title = usual > 2 && row.filled() == 1;
    boolean shortPair = usual > 4 && row.width() < usual && row.filled() <= 2;
    return comment || title || shortPair;
  }

  private boolean looksLikeNames(Shape.Row row) {
    List<String> names = row.cells().subList(0, Math.min(row.last(), row.cells().size()));
    return row.filled() == row.last()
        && row.last() > usual / 2
        && new HashSet<>(names).size() == names.size()
        && names.stream().noneMatch(Beginning::isData);
  }

  private static boolean isData(String cell) {
    return isAddress(cell) || cell.matches("[-+]?[0-9][-0-9./: ,]*");
  }

  private static boolean isAddress(String cell) {
    return cell.toLowerCase(Locale.ROOT).matches("[^@\\s]+@[^@\\s]+\\.[a-z]{2,}");
  }

  private void refuseData(Shape.Row header) {
    if (header.cells().stream().anyMatch(Beginning::isAddress)) {
      throw new FileException(
          header.line(),
          "an e-mail address stands where the names of the columns should be",
          "put a line with the names of the columns on top",
          null);
    }
  }

  /** A header with fewer names than all lines have cells would refuse all of them. */
  private void refuseOtherWidth(Shape.Row header) {
    List<Shape.Row> below =
        shape.rows().stream().filter(row -> row.line() > header.line()).toList();
    boolean fits =
        below.stream()
            .anyMatch(row -> row.last() <= header.width() && row.width() >= header.last());
    if (below.size() > 1 && !fits) {
      throw new FileException(
          header.line(),
          "the header has " + header.width() + " columns, but most lines have " + usual + " cells",
          "give every column a name, and take out what stands above the header",
          null);
    }
  }

  private static FileException unclear(Shape.Row first) {
    return new FileException(
        first.line(),
        "it is not clear where the header is: what the file begins with is no line of names",
        "take out what stands above the header",
        null);
  }
}
