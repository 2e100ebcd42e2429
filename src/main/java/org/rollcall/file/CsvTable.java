package org.rollcall.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A table of cells between delimiters. */
final class CsvTable implements Table {
  /** For how many lines after a stray quote every other quote is suspicious, too. */
  private static final int WARY = 1_000;

  private final Text text;
  private final Tokenizer tokenizer;
  private final Dialect dialect;
  private final String container;
  private final String charset;
  private final Limits limits;
  private final List<String> notes;
  private final List<String> header;
  private final @Nullable String[] cells;

  private long wary;
  private boolean ended;
  private boolean openEnd;
  private @Nullable String cut;

  CsvTable(Text text, Encoding encoding, String container, Declared declared, Limits limits) {
    this.text = text;
    this.container = container;
    this.charset = encoding.charset().name();
    this.limits = limits;
    this.notes = new ArrayList<>(encoding.notes());
    boolean whole = text.fillHead();
    Optional<Character> named = SeparatorLine.skip(text);
    named.ifPresent(found -> notes.add("The first line names the delimiter."));
    int firstLine = named.isPresent() ? 2 : 1;
    Shape shape =
        new DialectGuess(text, whole, limits.cellChars(), firstLine)
            .guess(declared.delimiter().or(() -> named), declared.quote());
    if (shape.rows().isEmpty() && shape.malformed() == 0) {
      throw new FileException(
          0, "the file is empty", "it needs a line with the names of its columns", null);
    }
    this.dialect = shape.dialect();
    this.tokenizer =
        new Tokenizer(text, dialect, limits.cellChars(), limits.columns() + 1, firstLine);
    long headerLine = shape.rows().isEmpty() ? 0 : new Beginning(shape).header().line();
    this.header = readHeader(headerLine);
    this.cells = new String[header.size()];
    tokenizer.expect(header.size());
  }

  private List<String> readHeader(long line) {
    Tokenizer.Outcome outcome = tokenizer.next();
    int skipped = 0;
    while (outcome == Tokenizer.Outcome.RECORD && skip(line)) {
      skipped += tokenizer.filled() > 0 ? 1 : 0;
      outcome = tokenizer.next();
    }
    if (outcome != Tokenizer.Outcome.RECORD) {
      throw new FileException(
          tokenizer.first(), "the header cannot be read: " + trouble(outcome), "", null);
    }
    if (skipped > 0) {
      notes.add("Skipped " + lines(skipped) + " above the header.");
    }
    refuseFlawedHeader();
    if (tokenizer.openEnd()) {
      cut = "it ends within its header";
    }
    return names();
  }

  private boolean skip(long headerLine) {
    return tokenizer.first() < headerLine || tokenizer.filled() == 0 && !tokenizer.openEnd();
  }

  private void refuseFlawedHeader() {
    if (tokenizer.filled() > limits.columns()) {
      throw new FileException(
          tokenizer.first(),
          "the header has " + tokenizer.count() + " columns, more than " + limits.columns(),
          "export the columns that are needed",
          null);
    }
    Line.@Nullable Refused refused = flawed();
    if (refused != null) {
      throw new FileException(tokenizer.first(), "the header: " + refused.reason(), "", null);
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tokenizer.filled(); i++) {
      names.add(tokenizer.cell(i).strip());
    }
    while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1);
    }
    int nameless = tokenizer.count() - names.size();
    if (nameless > 0) {
      notes.add("Left out " + nameless + " empty columns without a name at the end of the header.");
    }
    return List.copyOf(names);
  }

  @Override
  public @Nullable Line next() {
    while (!ended) {
      Tokenizer.Outcome outcome = tokenizer.next();
      Line line = outcome == Tokenizer.Outcome.RECORD ? record() : broken(outcome);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  /** The line of a record; null when there is nothing in it. */
  private @Nullable Line record() {
    if (tokenizer.filled() == 0) {
      return null;
    }
    Line.@Nullable Refused refused = flawed();
    if (refused == null) {
      refused = misshapen();
    }
    if (refused != null) {
      return refused;
    }
    openEnd = tokenizer.openEnd() && !tokenizer.endsQuoted();
    readCells();
    return new Line.Cells(tokenizer.first(), cells);
  }

  private void readCells() {
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i >= tokenizer.count() || tokenizer.cellLength(i) == 0 ? null : tokenizer.cell(i);
    }
  }

  private Line.@Nullable Refused flawed() {
    if (tokenizer.tooLongCell()) {
      return refuse(0, "a cell is longer than " + limits.cellChars() + " characters");
    }
    if (!tokenizer.odd()) {
      return null;
    }
    OptionalLong byteAt = text.flaw(tokenizer.length());
    int kept = Math.min(tokenizer.count(), limits.columns() + 1);
    for (int i = 0; i < kept; i++) {
      String cell = tokenizer.cell(i);
      String flaw = Flaws.in(cell, byteAt, charset);
      if (flaw != null) {
        return new Line.Refused(tokenizer.first(), i + 1, Printable.of(cell), "the cell " + flaw);
      }
    }
    return null;
  }

  private Line.@Nullable Refused misshapen() {
    int width = header.size();
    if (tokenizer.count() < width) {
      return tooFew(width);
    }
    if (tokenizer.filled() > width) {
      return refuse(
          0,
          "the line has "
              + tokenizer.count()
              + " cells, but the header has "
              + width
              + "; put quotes around cells that hold the delimiter");
    }
    if (tokenizer.swallowed()) {
      return refuse(
          0,
          "a cell in quotes holds lines that look like lines of the table; a quote is missing, or one"
              + " too many");
    }
    if (tokenizer.strayQuotes() && tokenizer.first() < wary) {
      return refuse(0, "a quote in the middle of a cell follows shortly after a stray one");
    }
    return repeatsHeader() ? refuse(0, "the line repeats the header") : null;
  }

  private Line.Refused tooFew(int width) {
    String reason = "the line has " + tokenizer.count() + " cells, but the header has " + width;
    if (tokenizer.openEnd()) {
      cut = "it ends in the middle of line " + tokenizer.first();
      reason += "; the file ends in the middle of it";
    }
    return refuse(0, reason);
  }

  private boolean repeatsHeader() {
    for (int i = 0; i < header.size(); i++) {
      if (tokenizer.cellLength(i) < header.get(i).length()
          || !tokenizer.cell(i).strip().equals(header.get(i))) {
        return false;
      }
    }
    return header.size() > 1;
  }

  private Line.Refused refuse(int column, String reason) {
    return new Line.Refused(tokenizer.first(), column, Printable.of(tokenizer.record(400)), reason);
  }

  private @Nullable Line broken(Tokenizer.Outcome outcome) {
    if (outcome == Tokenizer.Outcome.END) {
      end();
      return null;
    }
    if (outcome == Tokenizer.Outcome.UNCLOSED) {
      cut = "a quote opened on line " + tokenizer.first() + " or after is not closed";
    } else {
      wary = tokenizer.nextLine() + WARY;
    }
    return new Line.Refused(
        tokenizer.first(), tokenizer.troubled(), Printable.of(tokenizer.shown()), trouble(outcome));
  }

  private String trouble(Tokenizer.Outcome outcome) {
    return switch (outcome) {
      case UNCLOSED -> "a quote is opened and never closed, up to the end of the file";
      case AFTER_QUOTE ->
          "something else than a delimiter follows the closing quote of a cell"
              + (tokenizer.nextLine() > tokenizer.first() + 1
                  ? "; all up to line " + (tokenizer.nextLine() - 1) + " is left out"
                  : "")
              + "; quotes within quotes are doubled";
      case SWALLOWING ->
          "a quote is opened and not closed within 100 lines and "
              + limits.cellChars()
              + " characters";
      case TOO_LONG -> "the line is longer than " + 8 * limits.cellChars() + " characters";
      case RECORD -> "it is empty";
      case END -> "there is none";
    };
  }

  private void end() {
    ended = true;
    if (openEnd) {
      notes.add("The last line ends without a newline; it may be cut off.");
    }
    if (text.cut()) {
      cut = "it ends in the middle of a character";
    }
  }

  @Override
  public Recognised recognised() {
    return new Recognised(
        container,
        "csv",
        charset,
        dialect.delimiter() == Dialect.NONE ? "" : String.valueOf(dialect.delimiter()),
        tokenizer.quotedCells() == 0 ? "" : String.valueOf(dialect.quote()),
        Newlines.name(tokenizer.newlines()),
        List.copyOf(notes));
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public Optional<String> cut() {
    return Optional.ofNullable(cut);
  }

  private static String lines(int count) {
    return count == 1 ? "1 line" : count + " lines";
  }

  @Override
  public void close() {
    Arrays.fill(cells, null);
    try {
      text.close();
    } catch (IOException e) {
      throw Text.unreadable(e);
    }
  }
}
