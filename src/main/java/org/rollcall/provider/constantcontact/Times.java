package org.rollcall.provider.constantcontact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The service's forms of a time: whole seconds or milliseconds with {@code Z}, an offset without a
 * colon, or a date alone.
 */
final class Times {
  private static final DateTimeFormatter BARE_OFFSET =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]XX");

  private Times() {}

  /** The instant, or null when there is none or it is in no known form. */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return bareOffset(text);
    }
  }

  /** The same, but a date alone means its last second: nothing on that day is known to be later. */
  static @Nullable Instant latest(@Nullable String text) {
    Instant instant = parse(text);
    return instant == null || text == null || text.length() != 10
        ? instant
        : instant.plus(1, ChronoUnit.DAYS).minusSeconds(1);
  }

  private static @Nullable Instant bareOffset(String text) {
    try {
      return OffsetDateTime.parse(text, BARE_OFFSET).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The time in an HTTP {@code Date} header (RFC 9110), or null. */
  static @Nullable Instant httpDate(@Nullable String header) {
    try {
      return header == null
          ? null
          : ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Whole seconds in UTC, as filters take them. */
  static String format(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
