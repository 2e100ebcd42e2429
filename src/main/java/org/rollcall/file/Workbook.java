package org.rollcall.file;

import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.file.WorkbookIndex.Sheet;

/** Opens a sheet of an Excel workbook (.xlsx, .xlsm without its macros) as a table. */
final class Workbook {
  private static final int NAMED = 10;

  private Workbook() {}

  /**
   * Opens the declared sheet, or else the only one in sight with anything on it.
   *
   * @param file closed with the table, and when this throws
   * @throws FileException when it is another kind of workbook, damaged, beyond the limits, or when
   *     several sheets could be meant
   */
  static Table open(SeekableByteChannel file, Declared declared, Limits limits) {
    try {
      WorkbookKind.refuseOld(file);
    } catch (FileException e) {
      WorkbookParts.close(file);
      throw e;
    }
    WorkbookParts parts = WorkbookParts.open(file, new PartBudget(limits));
    try {
      WorkbookKind.refuseOther(parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
    WorkbookSource source = WorkbookSource.open(parts, limits);
    try {
      return table(source, declared, limits);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static Table table(WorkbookSource source, Declared declared, Limits limits) {
    List<String> notes = new ArrayList<>();
    Sheet sheet =
        declared.sheet().isPresent()
            ? declared(source.index(), declared.sheet().get())
            : onlyOne(source, notes);
    SheetRows rows = source.rows(sheet);
    try {
      return new SheetTable(source, rows, limits, notes);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static Sheet declared(WorkbookIndex index, String name) {
    return index.sheets().stream()
        .filter(sheet -> sheet.name().strip().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new FileException(
                    0,
                    "there is no sheet " + WorkbookIndex.quoted(name),
                    "the sheets are " + names(index.sheets()) + "; write one of them to sheet",
                    null));
  }

  private static Sheet onlyOne(WorkbookSource source, List<String> notes) {
    List<Sheet> filled =
        source.index().sheets().stream().filter(sheet -> hasContent(source, sheet)).toList();
    List<Sheet> inSight = filled.stream().filter(sheet -> !sheet.hidden()).toList();
    List<Sheet> candidates = inSight.isEmpty() ? filled : inSight;
    if (candidates.isEmpty()) {
      throw new FileException(
          0, "the workbook is empty", "a header and a row for each member are expected", null);
    }
    if (candidates.size() > 1) {
      throw new FileException(
          0,
          "several sheets hold something: " + names(candidates),
          "write the name of the one with the members to sheet, or delete the others",
          null);
    }
    Sheet sheet = candidates.get(0);
    tell(sheet, source.index().sheets().size(), filled, notes);
    return sheet;
  }

  private static void tell(Sheet sheet, int all, List<Sheet> filled, List<String> notes) {
    if (all > 1) {
      notes.add("The sheet " + WorkbookIndex.quoted(sheet.name()) + " was read.");
    }
    List<Sheet> left = filled.stream().filter(other -> !other.equals(sheet)).toList();
    if (!left.isEmpty()) {
      notes.add("Hidden sheets were left out: " + names(left) + ".");
    }
  }

  private static boolean hasContent(WorkbookSource source, Sheet sheet) {
    try (SheetRows rows = source.rows(sheet)) {
      return rows.next();
    }
  }

  private static String names(List<Sheet> sheets) {
    String named =
        sheets.stream()
            .limit(NAMED)
            .map(sheet -> WorkbookIndex.quoted(sheet.name()))
            .collect(Collectors.joining(", "));
    int more = sheets.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
