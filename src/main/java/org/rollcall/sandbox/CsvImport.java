package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The CSV of {@code contacts_file_import}: a header line, quotes doubled inside quotes. */
final class CsvImport implements ImportRows {
  private final String text;
  private final List<String> header;
  private final int firstRow;

  CsvImport(String text) {
    this.text = text;
    List<String> cells = new ArrayList<>();
    this.firstRow = line(0, cells);
    this.header =
        cells.stream().map(cell -> cell.strip().replace(' ', '_')).map(CsvImport::name).toList();
  }

  private static String name(String cell) {
    String name = cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("email_address")) {
      return "email";
    }
    return lower.startsWith("cf:") ? "cf:" + name.substring(3) : lower;
  }

  List<String> header() {
    return header;
  }

  @Override
  public void read(Predicate<ImportRow> taker) {
    int at = firstRow;
    boolean more = true;
    for (int number = 2; more && at < text.length(); number++) {
      List<String> cells = new ArrayList<>(header.size());
      at = line(at, cells);
      if (cells.size() == 1 && cells.get(0).isBlank()) {
        number--; // an empty line is no row
        continue;
      }
      ImportRow row = new ImportRow(number);
      for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
        row.set(header.get(i), cells.get(i).isEmpty() ? null : cells.get(i));
      }
      more = taker.test(row);
    }
  }

  /** Reads one line and returns where the next one begins. */
  private int line(int start, List<String> cells) {
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int at = start; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean doubled = quoted && c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"';
      if (doubled) {
        cell.append('"');
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != ',' && c != '\n' && c != '\r') {
        cell.append(c);
      } else if (c != '\r') {
        cells.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          return at + 1;
        }
      }
    }
    cells.add(cell.toString());
    return text.length();
  }
}
