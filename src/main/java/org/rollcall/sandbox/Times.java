package org.rollcall.sandbox;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Reads the ISO-8601 forms the interface accepts. */
final class Times {
  private static final DateTimeFormatter OFFSET_WITHOUT_COLON =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HHMM", "Z")
          .toFormatter();

  private Times() {}

  /** Epoch milliseconds. */
  static long parse(String parameter, String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      }
      boolean colon = text.endsWith("Z") || text.charAt(text.length() - 3) == ':';
      DateTimeFormatter form =
          colon ? DateTimeFormatter.ISO_OFFSET_DATE_TIME : OFFSET_WITHOUT_COLON;
      return OffsetDateTime.parse(text, form).toInstant().toEpochMilli();
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw Refusal.invalid(parameter + " does not have a valid value");
    }
  }
}
