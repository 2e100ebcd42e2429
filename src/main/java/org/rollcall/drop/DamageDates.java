package org.rollcall.drop;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.DamageRules.DateOrder;

/** Reads dates as people and programs write them, and writes them as ISO 8601. */
final class DamageDates {
  private static final Pattern ISO = Pattern.compile("(?s)--\\d{2}-\\d{2}|\\d{4}-\\d\\d-\\d\\d.*");
  private static final Pattern MONTH_DAY = Pattern.compile("(?:0\\d|1[0-2])-\\d{2}");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/. ](\\d{1,2})[-/. ](\\d{1,2})\\.?(?:[T ]+(.*))?");
  private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2}) ?[-/.] ?(\\d{1,2}) ?[-/.] ?(\\d{4}|\\d{2})(?:,? +(.*))?");
  private static final Pattern NO_YEAR = Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})\\.?");
  private static final Pattern DAY_NAME =
      Pattern.compile("(\\d{1,2})\\.?[- ]?(\\p{L}+)\\.?[-, ]*(\\d{4})(?:,? +(.*))?");
  private static final Pattern NAME_DAY =
      Pattern.compile("(\\p{L}+)\\.? (\\d{1,2}),? (\\d{4})(?:,? +(.*))?");
  private static final Pattern SERIAL = Pattern.compile("\\d{5}(?:[.,]\\d+)?");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{1,2}):(\\d{2})(:\\d{2}(?:[.,]\\d+)?)? ?([AaPp]\\.?[Mm]\\.?)? ?(Z|[+-]\\d{2}:?\\d{2})?");
  private static final Map<String, Integer> MONTHS = months();

  /** What became of a text. */
  sealed interface Result {
    /**
     * A date in ISO 8601, with its time if it had one.
     *
     * @param order by which it was told which number is the day; null when that was never in doubt
     */
    record Read(String iso, @Nullable DateOrder order) implements Result {}

    /** It may be one day or another. */
    record Ambiguous() implements Result {}

    /**
     * It has lost what made it a date.
     *
     * @param why goes on after "the column X"
     */
    record Damaged(String why) implements Result {}

    /** It is none of the forms known here; the row contract decides. */
    record Unknown() implements Result {}
  }

  private DamageDates() {}

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    List<Locale> languages =
        List.of(
            Locale.ENGLISH,
            Locale.GERMAN,
            Locale.FRENCH,
            Locale.ITALIAN,
            Locale.forLanguageTag("es"),
            Locale.forLanguageTag("nl"));
    for (Locale language : languages) {
      for (Month month : Month.values()) {
        for (TextStyle style :
            List.of(
                TextStyle.FULL,
                TextStyle.SHORT,
                TextStyle.FULL_STANDALONE,
                TextStyle.SHORT_STANDALONE)) {
          String name = month.getDisplayName(style, language).toLowerCase(Locale.ROOT);
          months.putIfAbsent(name.replace(".", ""), month.getValue());
        }
      }
    }
    return months;
  }

  /**
   * @param order how the file writes dates, null when nothing is known of it
   * @param yearless whether a day of a month without a year is a date too
   */
  static Result read(String text, @Nullable DateOrder order, boolean yearless) {
    if (ISO.matcher(text).matches()) {
      return new Result.Read(text, null);
    }
    boolean undeclared = order == null || order == DateOrder.ISO;
    if (yearless && undeclared && MONTH_DAY.matcher(text).matches()) {
      return new Result.Read(text, null);
    }
    Matcher yearFirst = YEAR_FIRST.matcher(text);
    if (yearFirst.matches()) {
      return date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3), yearFirst.group(4));
    }
    Matcher compact = COMPACT.matcher(text);
    if (compact.matches()) {
      return date(compact.group(1), compact.group(2), compact.group(3), null);
    }
    if (SERIAL.matcher(text).matches()) {
      return new Result.Damaged(
          "holds a number where a date should stand, as spreadsheet programs count days; format the"
              + " column as a date before saving");
    }
    Result named = named(text);
    return named != null ? named : numbers(text, order, yearless);
  }

  private static @Nullable Result named(String text) {
    Matcher dayName = DAY_NAME.matcher(text);
    if (dayName.matches()) {
      Integer month = MONTHS.get(dayName.group(2).toLowerCase(Locale.ROOT));
      return month == null
          ? null
          : date(dayName.group(3), month.toString(), dayName.group(1), dayName.group(4));
    }
    Matcher nameDay = NAME_DAY.matcher(text);
    if (nameDay.matches()) {
      Integer month = MONTHS.get(nameDay.group(1).toLowerCase(Locale.ROOT));
      return month == null
          ? null
          : date(nameDay.group(3), month.toString(), nameDay.group(2), nameDay.group(4));
    }
    return null;
  }

  private static Result numbers(String text, @Nullable DateOrder order, boolean yearless) {
    Matcher yearLast = YEAR_LAST.matcher(text);
    if (yearLast.matches()) {
      if (yearLast.group(3).length() == 2) {
        return new Result.Damaged("holds a date with two digits for the year; four are needed");
      }
      return ordered(
          yearLast.group(3), yearLast.group(1), yearLast.group(2), yearLast.group(4), order);
    }
    Matcher noYear = NO_YEAR.matcher(text);
    if (yearless && noYear.matches()) {
      return ordered(null, noYear.group(1), noYear.group(2), null, order);
    }
    return new Result.Unknown();
  }

  private static Result ordered(
      @Nullable String year,
      String first,
      String second,
      @Nullable String time,
      @Nullable DateOrder order) {
    if (order == DateOrder.ISO) {
      return new Result.Damaged("holds a date that is not written as 2026-03-29, as declared");
    }
    boolean dayFirst = Integer.parseInt(first) > 12;
    boolean monthFirst = Integer.parseInt(second) > 12;
    if (dayFirst && monthFirst) {
      return new Result.Damaged("holds a date that never was");
    }
    boolean same = first.equals(second);
    if (!dayFirst && !monthFirst && order == null && !same) {
      return new Result.Ambiguous();
    }
    DateOrder told = dayFirst ? DateOrder.DAY_FIRST : monthFirst ? DateOrder.MONTH_FIRST : null;
    if (told != null && order != null && told != order) {
      return new Result.Damaged(
          "holds a date that is not written "
              + order.words()
              + ", as the other dates of the file are");
    }
    boolean byDay = (told != null ? told : order) == DateOrder.DAY_FIRST;
    Result result = date(year, byDay ? second : first, byDay ? first : second, time);
    return result instanceof Result.Read read ? new Result.Read(read.iso(), told) : result;
  }

  private static Result date(
      @Nullable String year, String month, String day, @Nullable String time) {
    String clock = time == null ? "" : clock(time.strip());
    if (clock == null) {
      return new Result.Unknown();
    }
    try {
      int ofYear = year == null ? 2000 : Integer.parseInt(year);
      String iso = LocalDate.of(ofYear, Integer.parseInt(month), Integer.parseInt(day)).toString();
      return new Result.Read((year == null ? iso.substring(5) : iso) + clock, null);
    } catch (DateTimeException e) {
      return new Result.Damaged("holds a date that never was");
    }
  }

  /** The time with a T before it, empty for none, null when it is none. */
  private static @Nullable String clock(String text) {
    if (text.isEmpty()) {
      return "";
    }
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    int hour = Integer.parseInt(time.group(1));
    String half = time.group(4);
    if (half != null) {
      if (hour < 1 || hour > 12) {
        return null;
      }
      hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
    }
    String seconds = time.group(3) == null ? "" : time.group(3).replace(',', '.');
    String offset = time.group(5) == null ? "" : time.group(5);
    return "T" + String.format(Locale.ROOT, "%02d", hour) + ":" + time.group(2) + seconds + offset;
  }
}
