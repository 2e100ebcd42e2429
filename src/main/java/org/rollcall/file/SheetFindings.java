package org.rollcall.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sheet holds beside its rows, as far as people should know of it. */
final class SheetFindings {
  private static final int NAMED = 3;

  private long hiddenRows;
  private long formulas;
  private final List<String> hiddenColumns = new ArrayList<>();
  private final List<String> merged = new ArrayList<>();
  private long mergedBelow;
  private int header;
  private int columns;
  private long lastRow;

  void row(boolean hidden) {
    hiddenRows += hidden ? 1 : 0;
  }

  void formula() {
    formulas++;
  }

  /**
   * @param min the first column it is about, from 1
   */
  void column(@Nullable String min, @Nullable String max, boolean hidden) {
    int first = CellFormats.number(min);
    int last = CellFormats.number(max);
    if (hidden && first > 0 && last >= first && hiddenColumns.size() < 20) {
      String from = SheetRows.letters(first - 1);
      hiddenColumns.add(first == last ? from : from + ":" + SheetRows.letters(last - 1));
    }
  }

  /**
   * Says where the table is, before the merged cells are met: they come after the rows.
   *
   * @param header the row of the header
   * @param columns how many the table has
   */
  void table(int header, int columns) {
    this.header = header;
    this.columns = columns;
  }

  void read(long row) {
    lastRow = row;
  }

  /**
   * @param range for instance {@code B5:B9}
   */
  void merged(String range) {
    int colon = range.indexOf(':');
    String first = colon < 0 ? range : range.substring(0, colon);
    String last = colon < 0 ? range : range.substring(colon + 1);
    int from = row(first);
    int to = row(last);
    if (to >= header && from <= lastRow && SheetRows.column(first) < columns && header > 0) {
      mergedBelow++;
      if (merged.size() < NAMED) {
        merged.add(range.length() > 20 ? range.substring(0, 20) : range);
      }
    }
  }

  private static int row(String reference) {
    int i = 0;
    while (i < reference.length() && Character.isLetter(reference.charAt(i))) {
      i++;
    }
    return CellFormats.number(reference.substring(i));
  }

  /**
   * @throws FileException when merged cells touch the table, for then cells that look filled are
   *     empty
   */
  void refuseMerged() {
    if (mergedBelow > 0) {
      throw new FileException(
          0,
          "merged cells lie in the table: "
              + String.join(", ", merged)
              + (mergedBelow > NAMED ? " and " + (mergedBelow - NAMED) + " more" : "")
              + "; only the first cell of each holds its value",
          "split them and fill every cell",
          null);
    }
  }

  /**
   * @param recalculate whether the workbook says that its formulas wait for being computed
   */
  List<String> notes(boolean recalculate) {
    List<String> notes = new ArrayList<>();
    if (hiddenRows > 0) {
      notes.add(
          hiddenRows == 1
              ? "One row is hidden or filtered out; it was read all the same."
              : hiddenRows + " rows are hidden or filtered out; they were read all the same.");
    }
    if (!hiddenColumns.isEmpty()) {
      notes.add("Hidden columns were read all the same: " + String.join(", ", hiddenColumns) + ".");
    }
    if (formulas > 0 && recalculate) {
      notes.add(
          "The workbook asks for its formulas to be computed when it is opened, so the values of "
              + formulas
              + (formulas == 1 ? " formula" : " formulas")
              + " may be old or made up.");
    }
    return notes;
  }
}
