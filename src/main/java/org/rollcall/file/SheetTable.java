package org.rollcall.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook as a table. The header is the first row with more than one filled cell,
 * or the first filled row when none of the first {@value #LOOKAHEAD} has two.
 */
final class SheetTable implements Table {
  private static final int LOOKAHEAD = 20;
  private static final int SHOWN = 200;
  private static final int NAMED = 5;

  private final WorkbookSource source;
  private final SheetRows rows;
  private final List<String> opening;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private final List<String> header;
  private final @Nullable String[] cells;
  private final TreeMap<Integer, Long> unnamed = new TreeMap<>();
  private boolean ended;

  /**
   * @param source closed with the table
   * @param rows before the first one
   * @param notes how the sheet was chosen
   */
  SheetTable(WorkbookSource source, SheetRows rows, Limits limits, List<String> notes) {
    this.source = source;
    this.rows = rows;
    this.opening = new ArrayList<>(notes);
    this.header = findHeader(limits);
    this.cells = new String[header.size()];
  }

  /** One of the first rows, kept until it is known which of them is the header. */
  private record Early(
      int row, int filled, List<Optional<String>> cells, SheetRows.@Nullable Flaw flaw) {}

  private List<String> findHeader(Limits limits) {
    List<Early> early = new ArrayList<>();
    Early found = null;
    while (found == null && early.size() < LOOKAHEAD && rows.next()) {
      early.add(early(limits));
      found = rows.filled() > 1 ? early.get(early.size() - 1) : null;
    }
    if (early.isEmpty()) {
      throw new FileException(
          0, "the sheet is empty", "a header and a row for each member are expected", null);
    }
    return header(early, found == null ? early.get(0) : found);
  }

  private Early early(Limits limits) {
    if (rows.width() > limits.columns()) {
      throw new FileException(
          rows.row(),
          "the row goes on to column "
              + SheetRows.letters(rows.width() - 1)
              + ", and "
              + limits.columns()
              + " columns are read at most",
          "delete the columns that are not needed",
          null);
    }
    List<Optional<String>> texts = new ArrayList<>();
    for (int i = 0; i < rows.width(); i++) {
      texts.add(Optional.ofNullable(rows.cell(i)));
    }
    return new Early(rows.row(), rows.filled(), texts, rows.flaw());
  }

  private List<String> header(List<Early> early, Early found) {
    if (found.flaw() != null) {
      throw new FileException(
          found.row(),
          "the heading of column "
              + SheetRows.letters(found.flaw().column())
              + " is damaged: "
              + found.flaw().reason(),
          "",
          null);
    }
    int above = early.indexOf(found);
    if (above > 0) {
      opening.add(
          "The header is in row "
              + found.row()
              + "; "
              + (above == 1 ? "one row above it was" : above + " rows above it were")
              + " left out.");
    }
    List<String> names =
        found.cells().stream().map(name -> name.map(String::strip).orElse("")).toList();
    rows.findings().table(found.row(), names.size());
    for (Early below : early.subList(above + 1, early.size())) {
      Line line = line(below, names);
      if (line != null) {
        ahead.add(line);
      }
    }
    rows.findings().read(early.get(early.size() - 1).row());
    return names;
  }

  private @Nullable Line line(Early early, List<String> names) {
    SheetRows.Flaw flaw = early.flaw();
    if (flaw != null) {
      return refused(early.row(), flaw, names);
    }
    @Nullable String[] texts = new String[names.size()];
    boolean any = false;
    for (int i = 0; i < early.cells().size(); i++) {
      String text = early.cells().get(i).orElse(null);
      if (i < texts.length) {
        texts[i] = text;
        any |= text != null;
      } else if (text != null) {
        unnamed.merge(i, 1L, Long::sum);
      }
    }
    return any ? new Line.Cells(early.row(), texts) : null;
  }

  @Override
  public @Nullable Line next() {
    Line first = ahead.poll();
    if (first != null) {
      return first;
    }
    while (!ended && rows.next()) {
      rows.findings().read(rows.row());
      Line line = line();
      if (line != null) {
        return line;
      }
    }
    if (!ended) {
      ended = true;
      rows.findings().refuseMerged();
    }
    return null;
  }

  /** Null for a row that has something outside of the table only. */
  private @Nullable Line line() {
    SheetRows.Flaw flaw = rows.flaw();
    if (flaw != null && flaw.column() < cells.length) {
      return refused(rows.row(), flaw, header);
    }
    boolean any = false;
    for (int i = 0; i < cells.length; i++) {
      cells[i] = rows.cell(i);
      any |= cells[i] != null;
    }
    for (int i = cells.length; i < rows.width(); i++) {
      if (rows.cell(i) != null) {
        unnamed.merge(i, 1L, Long::sum);
      }
    }
    return any ? new Line.Cells(rows.row(), cells) : null;
  }

  private static Line refused(int row, SheetRows.Flaw flaw, List<String> names) {
    int column = flaw.column();
    String name = column < names.size() ? names.get(column) : "";
    String where =
        "cell " + SheetRows.letters(column) + row + (name.isEmpty() ? "" : " (" + name + ")");
    return new Line.Refused(row, column + 1, shown(flaw.value()), where + ": " + flaw.reason());
  }

  private static String shown(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > SHOWN ? printable.substring(0, SHOWN) : printable;
  }

  @Override
  public List<String> header() {
    return header;
  }

  /** Hidden rows and the like are counted while reading, so the notes are whole after the end. */
  @Override
  public Recognised recognised() {
    List<String> notes = new ArrayList<>(opening);
    notes.addAll(rows.findings().notes(source.index().recalculate()));
    if (!unnamed.isEmpty()) {
      notes.add(unnamed());
    }
    return new Recognised("none", "xlsx", "", "", "", "", List.copyOf(notes));
  }

  private String unnamed() {
    String columns =
        unnamed.keySet().stream()
            .limit(NAMED)
            .map(SheetRows::letters)
            .collect(Collectors.joining(", "));
    long count = unnamed.values().stream().mapToLong(Long::longValue).sum();
    return (count == 1 ? "One value" : count + " values")
        + " beside the table, where there is no heading (column "
        + columns
        + (unnamed.size() > NAMED ? " and further" : "")
        + "), "
        + (count == 1 ? "was" : "were")
        + " left out.";
  }

  @Override
  public Optional<String> cut() {
    return Optional.empty();
  }

  @Override
  public void close() {
    rows.close();
    source.close();
  }
}
