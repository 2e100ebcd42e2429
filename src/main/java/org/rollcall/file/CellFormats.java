package org.rollcall.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The formats of a workbook, by the number that cells name. */
final class CellFormats {
  /** Spreadsheet programs know 65,490. */
  private static final int MOST = 100_000;

  private final List<CellFormat> formats;

  private CellFormats(List<CellFormat> formats) {
    this.formats = formats;
  }

  static CellFormats none() {
    return new CellFormats(List.of());
  }

  /**
   * @param styles the part {@code styles.xml}; the caller closes it
   */
  static CellFormats read(WorkbookXml styles) {
    Map<Integer, CellFormat> byId = new HashMap<>();
    List<CellFormat> formats = new ArrayList<>();
    boolean cells = false;
    while (styles.nextElement()) {
      switch (styles.name()) {
        case "numFmt" -> define(styles, byId);
        case "cellXfs" -> cells = true;
        case "cellStyles", "cellStyleXfs", "dxfs" -> cells = false;
        case "xf" -> {
          if (cells) {
            int id = number(styles.attribute("numFmtId"));
            CellFormat own = byId.get(id);
            formats.add(own != null ? own : CellFormat.builtIn(id));
          }
        }
        default -> {
          // fonts, borders and the like say nothing about values
        }
      }
      if (formats.size() > MOST || byId.size() > MOST) {
        throw new FileException(
            0, "the workbook has more than " + MOST + " formats", "send it as CSV", null);
      }
    }
    return new CellFormats(formats);
  }

  private static void define(WorkbookXml styles, Map<Integer, CellFormat> byId) {
    String code = styles.attribute("formatCode");
    if (code != null && code.length() <= 1000) {
      byId.put(number(styles.attribute("numFmtId")), CellFormat.of(code));
    }
  }

  /** The format of that number; the general one when there is none. */
  CellFormat format(@Nullable String style) {
    int index = style == null ? 0 : number(style);
    return index >= 0 && index < formats.size() ? formats.get(index) : CellFormat.GENERAL;
  }

  /** A number without a sign, or -1. */
  static int number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
