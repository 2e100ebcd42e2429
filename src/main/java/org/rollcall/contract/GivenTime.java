package org.rollcall.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.rollcall.store.Query;

/** A time as people and programs give it. */
public final class GivenTime {
  private GivenTime() {}

  /**
   * @param text a day in the zone, or a time with its own zone
   * @throws DateTimeException when it is neither, or too far away
   */
  public static Instant parse(String text, ZoneId zone) {
    return Query.kept(
        text.length() == 10
            ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
            : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
  }
}
