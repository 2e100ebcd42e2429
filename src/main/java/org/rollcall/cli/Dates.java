package org.rollcall.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.GivenTime;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The dates that people write on the command line. */
final class Dates {
  private Dates() {}

  /**
   * @param text a day in the zone, or a time with its own zone; null for no limit
   * @throws ParameterException when it is neither
   */
  static @Nullable Instant since(CommandLine command, @Nullable String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      return GivenTime.parse(text, zone);
    } catch (DateTimeException e) {
      throw new ParameterException(
          command,
          "\"" + text + "\" is no date; use one such as 2026-11-21 or 2026-11-21T20:00:00Z");
    }
  }
}
