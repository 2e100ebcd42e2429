package org.rollcall.sandbox;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The date forms the provider takes for an anniversary. */
final class Anniversary {
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})([/-])(\\d{1,2})\\2(\\d{1,2})");
  private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})([/-])(\\d{1,2})\\2(\\d{4})");

  private Anniversary() {}

  static boolean valid(String text) {
    Matcher first = YEAR_FIRST.matcher(text);
    if (first.matches()) {
      return date(first.group(1), first.group(3), first.group(4));
    }
    Matcher last = YEAR_LAST.matcher(text);
    return last.matches() && date(last.group(4), last.group(1), last.group(3));
  }

  private static boolean date(String year, String month, String day) {
    try {
      LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
