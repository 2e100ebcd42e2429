package org.rollcall.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  /** Such as "2 h", "5 min" and "40 s". */
  public static String about(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    return seconds < 5400
        ? Math.round(seconds / 60.0) + " min"
        : Math.round(seconds / 3600.0) + " h";
  }

  /** For browsers without scripts; others show the viewer's own zone. */
  public static String utc(Instant at) {
    return UTC.format(at);
  }

  /** With separators between thousands. */
  public static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** A path of ours; each part may hold anything. */
  public static String path(String... parts) {
    StringBuilder path = new StringBuilder();
    for (String part : parts) {
      path.append('/').append(inUrl(part));
    }
    return path.toString();
  }

  /** A path with a query of names and values, one after the other; empty values are left out. */
  public static String query(String path, String... namesAndValues) {
    StringBuilder text = new StringBuilder(path);
    char sign = '?';
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        text.append(sign)
            .append(namesAndValues[i])
            .append('=')
            .append(inUrl(namesAndValues[i + 1]));
        sign = '&';
      }
    }
    return text.toString();
  }

  /** For a part of a path or a value of a query. */
  public static String inUrl(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Such as "1 member" and "2 members". */
  public static String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }
}
