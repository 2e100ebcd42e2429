package org.rollcall.file;

import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet as texts, those with anything in them. What is found beside the rows
 * (hidden rows, merged cells) is gathered in {@link #findings}.
 */
final class SheetRows implements AutoCloseable {
  private static final int MOST_COLUMNS = 16_384;
  private static final int MOST_ROWS = 1 << 24;

  private final WorkbookXml xml;
  private final SharedTexts texts;
  private final CellFormats formats;
  private final SheetNumber numbers;
  private final Limits limits;
  private final TextRun run;
  private final SheetFindings findings = new SheetFindings();

  private @Nullable String[] cells = new String[64];
  private int width;
  private int filled;
  private int row;
  private long chars;
  private @Nullable Flaw flaw;
  private boolean ended;

  /**
   * The first cell of a row that cannot be trusted.
   *
   * @param column from 0
   * @param value what stands there
   */
  record Flaw(int column, String value, String reason) {}

  /** What a cell holds. */
  private enum Type {
    NUMBER,
    SHARED,
    INLINE,
    TEXT,
    FLAG,
    DATE,
    ERROR
  }

  SheetRows(
      WorkbookXml xml, SharedTexts texts, CellFormats formats, SheetNumber numbers, Limits limits) {
    this.xml = xml;
    this.texts = texts;
    this.formats = formats;
    this.numbers = numbers;
    this.limits = limits;
    this.run = new TextRun(limits.cellChars() + 1);
  }

  /** Goes on to the next row with anything in it; false after the last one. */
  boolean next() {
    while (!ended) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        ended = true;
      } else if (event == XMLStreamConstants.START_ELEMENT && startsRow()) {
        return true;
      }
    }
    return false;
  }

  private boolean startsRow() {
    switch (xml.name()) {
      case "row" -> {
        return readRow();
      }
      case "mergeCell" -> findings.merged(String.valueOf(xml.attribute("ref")));
      case "col" -> findings.column(xml.attribute("min"), xml.attribute("max"), xml.flag("hidden"));
      default -> {
        // views, margins and the like
      }
    }
    return false;
  }

  private boolean readRow() {
    startRow();
    boolean hidden = xml.flag("hidden");
    int column = -1;
    for (int event = xml.next(); ; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals("c")) {
        column = columnAfter(column);
        readCell(column);
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("row")) {
        break;
      }
    }
    if (filled == 0) {
      return false;
    }
    findings.row(hidden);
    return true;
  }

  private void startRow() {
    String given = xml.attribute("r");
    int number = given == null ? row + 1 : CellFormats.number(given);
    if (number <= row || number > MOST_ROWS) {
      throw damaged("row " + WorkbookIndex.quoted(given) + " after row " + row);
    }
    row = number;
    Arrays.fill(cells, 0, width, null);
    width = 0;
    filled = 0;
    chars = 0;
    flaw = null;
  }

  private int columnAfter(int last) {
    String reference = xml.attribute("r");
    int column = reference == null ? last + 1 : column(reference);
    if (column <= last || column >= MOST_COLUMNS) {
      throw damaged("cell " + WorkbookIndex.quoted(reference) + " in row " + row);
    }
    return column;
  }

  private FileException damaged(String where) {
    return new FileException(
        row,
        "the rows or cells of the sheet are out of order: " + where,
        "save it anew with a spreadsheet program",
        null);
  }

  /** The column of a cell such as AB12, from 0; -1 when it is none. */
  static int column(String reference) {
    int column = 0;
    int i = 0;
    while (i < reference.length() && i < 4) {
      int letter = reference.charAt(i) - 'A';
      if (letter < 0 || letter > 25) {
        break;
      }
      column = column * 26 + letter + 1;
      i++;
    }
    return column - 1;
  }

  /** The letters of a column, from 0. */
  static String letters(int column) {
    String last = String.valueOf((char) ('A' + column % 26));
    return column < 26 ? last : letters(column / 26 - 1) + last;
  }

  private void readCell(int column) {
    Type type = type(xml.attribute("t"));
    String style = xml.attribute("s");
    boolean formula = false;
    boolean valued = false;
    boolean phonetic = false;
    boolean taking = false;
    run.clear();
    for (int event = xml.next(); ; event = xml.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          String name = xml.name();
          formula |= name.equals("f");
          phonetic |= name.equals("rPh");
          taking = name.equals("v") || (name.equals("t") && !phonetic);
          valued |= taking;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          String name = xml.name();
          if (name.equals("c")) {
            cell(column, type, style, formula, valued);
            return;
          }
          phonetic &= !name.equals("rPh");
          taking = false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (taking) {
            run.append(xml.reader());
          }
        }
        default -> {
          // comments and processing instructions say nothing
        }
      }
    }
  }

  private static Type type(@Nullable String name) {
    if (name == null) {
      return Type.NUMBER;
    }
    return switch (name) {
      case "s" -> Type.SHARED;
      case "inlineStr" -> Type.INLINE;
      case "str" -> Type.TEXT;
      case "b" -> Type.FLAG;
      case "d" -> Type.DATE;
      case "e" -> Type.ERROR;
      default -> Type.NUMBER;
    };
  }

  private void cell(
      int column, Type type, @Nullable String style, boolean formula, boolean valued) {
    if (formula) {
      findings.formula();
      if (!valued || (run.isEmpty() && type != Type.TEXT)) {
        spoil(
            column,
            "",
            "the formula has no computed value; open the workbook with a spreadsheet program,"
                + " let it compute, and save it");
        return;
      }
    }
    if (valued && !(run.isEmpty() && type != Type.INLINE)) {
      put(column, type, style);
    }
  }

  private void put(int column, Type type, @Nullable String style) {
    switch (type) {
      case SHARED -> text(column, shared());
      case INLINE, TEXT -> text(column, run.text());
      case FLAG -> text(column, flag());
      case DATE -> text(column, date());
      case ERROR ->
          spoil(
              column,
              run.raw(),
              "the cell shows an error instead of a value; correct its formula, or put the value"
                  + " in");
      case NUMBER -> number(column, style);
    }
  }

  private void number(int column, @Nullable String style) {
    String raw = run.raw().strip();
    try {
      text(column, numbers.text(raw, formats.format(style)));
    } catch (SheetNumber.Flaw e) {
      spoil(column, raw, e.reason());
    }
  }

  private String shared() {
    int index = CellFormats.number(run.raw().strip());
    if (index < 0 || index >= texts.count()) {
      throw new FileException(
          row,
          "the workbook is damaged: a cell names a text that is not there",
          "open it with a spreadsheet program, save it and send it again",
          null);
    }
    return texts.text(index);
  }

  private String flag() {
    return switch (run.raw().strip()) {
      case "1", "true" -> "true";
      case "0", "false" -> "false";
      default -> run.raw();
    };
  }

  /** ISO 8601 already; only an empty time is left out. */
  private String date() {
    String moment = run.raw().strip();
    return moment.endsWith("T00:00:00") || moment.endsWith("T00:00:00.000")
        ? moment.substring(0, moment.indexOf('T'))
        : moment;
  }

  private void text(int column, String text) {
    if (text.isBlank()) {
      return;
    }
    reserve(column);
    if (text.length() > limits.cellChars()) {
      spoil(
          column, "", "the text is longer than " + limits.cellChars() + " characters; shorten it");
      return;
    }
    chars += text.length();
    if (chars > limits.cellChars() * 8L) {
      spoil(
          column,
          "",
          "the row has more than " + limits.cellChars() * 8L + " characters; shorten it");
      return;
    }
    cells[column] = text;
    filled++;
  }

  private void spoil(int column, String value, String reason) {
    reserve(column);
    filled++;
    if (flaw == null) {
      flaw = new Flaw(column, value, reason);
    }
  }

  private void reserve(int column) {
    if (column >= cells.length) {
      cells = Arrays.copyOf(cells, Math.max(column + 1, cells.length * 2));
    }
    width = Math.max(width, column + 1);
  }

  /** The number of the row as the spreadsheet program shows it. */
  int row() {
    return row;
  }

  /** The column after the last one with anything in it, from 0. */
  int width() {
    return width;
  }

  /** How many cells have anything in them. */
  int filled() {
    return filled;
  }

  @Nullable String cell(int column) {
    return column < width ? cells[column] : null;
  }

  @Nullable Flaw flaw() {
    return flaw;
  }

  SheetFindings findings() {
    return findings;
  }

  @Override
  public void close() {
    xml.close();
  }
}
