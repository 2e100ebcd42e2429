package org.rollcall.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values are written on pages. */
public final class Words {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  /** For browsers without scripts; others show the viewer's own zone. */
  public static String utc(Instant at) {
    return UTC.format(at);
  }

  /** With separators between thousands. */
  public static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** Such as "1 member" and "2 members". */
  public static String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }
}
