package org.rollcall.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which type of answer is wanted (RFC 9110, 12.5.1). */
final class Accepting {
  private Accepting() {}

  /**
   * The offered type that is wanted most, of equals the one that is offered first.
   *
   * @param header absent for whatever there is
   */
  static Optional<String> best(@Nullable String header, List<String> offered) {
    if (header == null || header.isBlank()) {
      return Optional.of(offered.get(0));
    }
    String best = null;
    double most = 0;
    for (String type : offered) {
      double wanted = quality(header, type);
      if (wanted > most) {
        best = type;
        most = wanted;
      }
    }
    return Optional.ofNullable(best);
  }

  /** By the range that says most about the type. */
  private static double quality(String header, String type) {
    double quality = 0;
    int closest = -1;
    for (String range : header.split(",")) {
      String[] parts = range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
      int close = closeness(parts[0], type);
      if (close > closest) {
        closest = close;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static int closeness(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      if (part.matches("q=[01](\\.\\d{0,3})?")) {
        return Double.parseDouble(part.substring(2));
      }
    }
    return 1;
  }
}
