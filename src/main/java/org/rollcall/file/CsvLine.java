package org.rollcall.file;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of CSV (RFC 4180) for people, who open it in a spreadsheet program: what would run there
 * as a formula gets an apostrophe in front (ASVS 1.2.10).
 */
public final class CsvLine {
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r]");
  private static final Pattern DEFUSED = Pattern.compile("'+[=+\\-@\t\r]");

  private CsvLine() {}

  /** With its line end. */
  public static String of(String... cells) {
    return Arrays.stream(cells).map(CsvLine::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  public static String cell(String value) {
    String safe = FORMULA.matcher(value).lookingAt() ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** Takes the apostrophe of {@link #cell} away again. */
  public static String undefused(String value) {
    return value.startsWith("'") && DEFUSED.matcher(value).lookingAt() ? value.substring(1) : value;
  }
}
