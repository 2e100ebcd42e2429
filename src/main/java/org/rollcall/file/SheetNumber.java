package org.rollcall.file;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A number of a workbook as text. Workbooks hold numbers as binary fractions of which spreadsheet
 * programs keep 15 digits, and dates as days since an epoch.
 */
final class SheetNumber {
  /** From here on the last digit before the point is not kept. */
  private static final double UNTRUSTED = 1e15;

  private static final int DIGITS = 15;
  private static final MathContext KEPT = new MathContext(DIGITS, RoundingMode.HALF_UP);
  private static final int LONGEST = 400;

  /** Seconds. */
  private static final long DAY = 86_400L;

  private static final double MOST_DAYS = 3_000_000;
  private static final LocalDate EPOCH_1900 = LocalDate.of(1899, 12, 30);
  private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** A number that is not what was typed, or no number; the message is a reason for people. */
  static final class Flaw extends Exception {
    private static final long serialVersionUID = 1L;

    Flaw(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  private final boolean since1904;

  /**
   * @param since1904 whether the days of the workbook count from 1904-01-01
   */
  SheetNumber(boolean since1904) {
    this.since1904 = since1904;
  }

  /**
   * @param raw as the workbook holds it, for instance {@code 4.5123E4}
   * @throws Flaw when the text cannot be what was typed
   */
  String text(String raw, CellFormat format) throws Flaw {
    return switch (format.kind()) {
      case NUMBER -> plain(raw);
      case DIGITS -> padded(plain(raw), format.digits());
      case DATE -> moment(value(raw), false);
      case TIME -> moment(value(raw), true);
      case DURATION -> duration(value(raw));
    };
  }

  private static String plain(String raw) throws Flaw {
    if (isPlainInteger(raw)) {
      return raw;
    }
    double value = value(raw);
    if (Math.abs(value) >= UNTRUSTED) {
      throw new Flaw(
          "the number has more than 15 digits, and spreadsheet programs put zeros for the others;"
              + " format the column as text before the values are put in");
    }
    if (value == 0) {
      return "0";
    }
    return new BigDecimal(raw).round(KEPT).stripTrailingZeros().toPlainString();
  }

  private static boolean isPlainInteger(String raw) {
    int length = raw.length();
    if (length == 0 || length > DIGITS || raw.charAt(0) == '0' && length > 1) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static double value(String raw) throws Flaw {
    boolean written = !raw.isEmpty() && raw.length() <= LONGEST;
    for (int i = 0; i < raw.length() && written; i++) {
      written = "0123456789.+-eE".indexOf(raw.charAt(i)) >= 0;
    }
    try {
      double value = written ? Double.parseDouble(raw) : Double.NaN;
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Flaw("the cell is marked as a number and holds none");
  }

  /** The digits in the places of the pattern; other numbers stay as they are. */
  private static String padded(String plain, String pattern) {
    long places = pattern.chars().filter(c -> c == '0').count();
    if (!plain.chars().allMatch(Character::isDigit) || plain.length() > places) {
      return plain;
    }
    String digits = "0".repeat((int) places - plain.length()) + plain;
    StringBuilder text = new StringBuilder(pattern.length());
    int next = 0;
    for (int i = 0; i < pattern.length(); i++) {
      text.append(pattern.charAt(i) == '0' ? digits.charAt(next++) : pattern.charAt(i));
    }
    return text.toString();
  }

  /**
   * @param timeOnly whether the format shows no date, so that less than a day is a time
   */
  private String moment(double days, boolean timeOnly) throws Flaw {
    long seconds = seconds(days);
    long ofDay = seconds % DAY;
    if (timeOnly && seconds < DAY) {
      return time(ofDay);
    }
    LocalDate date = date(seconds / DAY);
    if (date.getYear() > 9999) {
      throw noMoment();
    }
    return ofDay == 0 ? date.toString() : date + "T" + time(ofDay);
  }

  private static long seconds(double days) throws Flaw {
    if (days < 0 || days > MOST_DAYS) {
      throw noMoment();
    }
    return Math.round(days * DAY);
  }

  private static Flaw noMoment() {
    return new Flaw(
        "the cell is formatted as a date or time and holds a number that is none; format it as a"
            + " number, or put the date in");
  }

  /** The 1900 system counts a 29 February 1900, which never was, as day 60. */
  private LocalDate date(long day) {
    if (since1904) {
      return EPOCH_1904.plusDays(day);
    }
    if (day < 1 || day == 60) {
      return LocalDate.MAX;
    }
    return EPOCH_1900.plusDays(day < 60 ? day + 1 : day);
  }

  private static String time(long ofDay) {
    LocalTime time = LocalTime.ofSecondOfDay(ofDay);
    return (time.getSecond() == 0 ? MINUTES : SECONDS).format(time);
  }

  private static String duration(double days) throws Flaw {
    long seconds = seconds(days);
    String minutes = String.format(Locale.ROOT, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0
        ? minutes
        : minutes + String.format(Locale.ROOT, ":%02d", seconds % 60);
  }
}
