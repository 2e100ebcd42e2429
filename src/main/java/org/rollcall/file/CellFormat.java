package org.rollcall.file;

/**
 * What the number format of a cell says about the number in it.
 *
 * @param kind how to read the number
 * @param digits for {@link Kind#DIGITS} the pattern: {@code 0} for a digit, all else as it is
 */
record CellFormat(Kind kind, String digits) {
  enum Kind {
    /** A number, whatever it is shown as. */
    NUMBER,
    /** Days since the epoch of the workbook, and a part of a day. */
    DATE,
    /** A part of a day; from one day on a date with a time. */
    TIME,
    /** Hours that go on counting beyond a day. */
    DURATION,
    /** A number that is shown with all its leading zeros, as postal codes and keys are. */
    DIGITS
  }

  static final CellFormat GENERAL = new CellFormat(Kind.NUMBER, "");
  private static final CellFormat DATE = new CellFormat(Kind.DATE, "");
  private static final CellFormat TIME = new CellFormat(Kind.TIME, "");
  private static final CellFormat DURATION = new CellFormat(Kind.DURATION, "");
  private static final int LONGEST_PATTERN = 20;

  /** The formats that have a number and no code (ECMA-376, part 1, 18.8.30). */
  static CellFormat builtIn(int id) {
    return switch (id) {
      case 14, 15, 16, 17, 22 -> DATE;
      case 18, 19, 20, 21, 45, 47 -> TIME;
      case 46 -> DURATION;
      // the same in East Asian workbooks
      case 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> DATE;
      case 32, 33, 34, 35, 55, 56 -> TIME;
      default -> GENERAL;
    };
  }

  /**
   * @param code of a format as the workbook holds it, for instance {@code dd.mm.yyyy;@}
   */
  static CellFormat of(String code) {
    String letters = letters(code);
    if (letters.contains("[")) {
      return DURATION;
    }
    boolean date = letters.matches(".*[yYdDeEgGbB].*") || onlyMonths(letters);
    boolean time = letters.matches(".*[hHsS].*");
    if (date) {
      return DATE;
    }
    return time ? TIME : digits(code);
  }

  private static boolean onlyMonths(String letters) {
    return letters.matches(".*[mM].*") && !letters.matches(".*[hHsS].*");
  }

  /**
   * The letters of the first section that stand for parts of a date, and {@code [} for hours,
   * minutes or seconds that go on counting. Quoted text, escaped characters, colours, conditions
   * and languages are left out, and exponents.
   */
  private static String letters(String code) {
    StringBuilder letters = new StringBuilder();
    int i = 0;
    while (i < code.length() && code.charAt(i) != ';') {
      char c = code.charAt(i);
      switch (c) {
        case '"' -> i = endOf(code, '"', i + 1);
        case '\\', '_', '*' -> i++;
        case '[' -> {
          int end = endOf(code, ']', i + 1);
          if (code.substring(i + 1, end).matches("[hH]+|[mM]+|[sS]+")) {
            letters.append('[');
          }
          i = end;
        }
        case 'E', 'e' -> {
          boolean exponent = i + 1 < code.length() && "+-".indexOf(code.charAt(i + 1)) >= 0;
          letters.append(exponent ? "" : c);
        }
        default -> {
          if (Character.isLetter(c) && !code.startsWith("General", i)) {
            letters.append(c);
          } else if (c == 'G') {
            i += "General".length() - 1;
          }
        }
      }
      i++;
    }
    return letters.toString();
  }

  private static int endOf(String code, char end, int from) {
    int at = code.indexOf(end, from);
    return at < 0 ? code.length() : at;
  }

  /** A pattern of zeros only, perhaps with hyphens and blanks between: the zeros are shown. */
  private static CellFormat digits(String code) {
    int end = code.indexOf(';');
    String plain = (end < 0 ? code : code.substring(0, end)).replaceAll("\"([- ]*)\"", "$1");
    String pattern = plain.replace("\\", "");
    boolean zeros = pattern.matches("0[0 -]*0") && pattern.length() <= LONGEST_PATTERN;
    return zeros ? new CellFormat(Kind.DIGITS, pattern) : GENERAL;
  }
}
