package org.rollcall.member;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as databases print them and ISO 8601 writes them: a blank or a T between date and
 * time, any number of fraction digits, an offset of hours, of hours and minutes, or Z.
 */
final class Moments {
  private static final int DATE = 10;
  private static final int LEAP_YEAR = 2000;
  private static final int LARGEST_OFFSET = 18 * 3600;

  private Moments() {}

  /** The moment, taking a text without an offset as local time; null when it is not a moment. */
  static @Nullable Instant instant(String text, ZoneId zone) {
    try {
      return text.length() == DATE
          ? dateOf(text).atStartOfDay(zone).toInstant()
          : withTime(text, zone);
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  /** Whether the text of a moment says by itself when that was, whatever the zone of the reader. */
  static boolean hasOffset(String text) {
    if (text.length() == DATE) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return last == 'Z' || last == 'z' || text.indexOf('+', DATE) > 0 || text.indexOf('-', DATE) > 0;
  }

  private static Instant withTime(String text, ZoneId zone) {
    expect(text.charAt(DATE) == 'T' || text.charAt(DATE) == ' ' || text.charAt(DATE) == 't');
    int hour = digits(text, 11, 2);
    expect(text.charAt(13) == ':');
    int minute = digits(text, 14, 2);
    int at = 16;
    int second = 0;
    int nanos = 0;
    if (at < text.length() && text.charAt(at) == ':') {
      second = digits(text, at + 1, 2);
      at += 3;
      int fraction = at;
      if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
        at = endOfDigits(text, at + 1);
        nanos = nanos(text, fraction + 1, at);
      }
    }
    LocalDateTime local = dateOf(text).atTime(hour, minute, second, nanos);
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at == text.length()
        ? local.atZone(zone).toInstant()
        : local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds(text, at));
  }

  /** {@code Z}, or a sign with {@code HH}, {@code HHMM}, {@code HH:MM} or {@code HH:MM:SS}. */
  private static int offsetSeconds(String text, int from) {
    char sign = text.charAt(from);
    if (sign == 'Z' || sign == 'z') {
      expect(text.length() == from + 1);
      return 0;
    }
    expect(sign == '+' || sign == '-');
    int seconds = digits(text, from + 1, 2) * 3600;
    int at = from + 3;
    for (int unit = 60; unit >= 1 && at < text.length(); unit /= 60) {
      at += text.charAt(at) == ':' ? 1 : 0;
      int value = digits(text, at, 2);
      expect(value < 60);
      seconds += value * unit;
      at += 2;
    }
    expect(at == text.length() && seconds <= LARGEST_OFFSET);
    return sign == '-' ? -seconds : seconds;
  }

  private static int nanos(String text, int from, int until) {
    expect(until > from);
    int nanos = 0;
    for (int i = 0; i < 9; i++) {
      nanos = nanos * 10 + (from + i < until ? text.charAt(from + i) - '0' : 0);
    }
    return nanos;
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** {@code YYYY-MM-DD}, or {@code MM-DD} where the year is not known. */
  static @Nullable String birthday(String text) {
    String monthDay = text.startsWith("--") ? text.substring(2) : text;
    if (monthDay.length() != 5) {
      return date(text);
    }
    try {
      expect(monthDay.charAt(2) == '-');
      MonthDay day = MonthDay.of(digits(monthDay, 0, 2), digits(monthDay, 3, 2));
      return day.isValidYear(LEAP_YEAR) ? monthDay : null;
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  /** {@code YYYY-MM-DD}, of a date or of a date with a time; null when it is neither. */
  static @Nullable String date(String text) {
    try {
      expect(text.length() == DATE || text.charAt(DATE) == 'T' || text.charAt(DATE) == ' ');
      dateOf(text);
      return text.substring(0, DATE);
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static LocalDate dateOf(String text) {
    expect(text.charAt(4) == '-' && text.charAt(7) == '-');
    return LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  }

  private static int digits(String text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      expect(isDigit(c));
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void expect(boolean holds) {
    if (!holds) {
      throw new DateTimeException("not a date");
    }
  }
}
