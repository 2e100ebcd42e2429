package org.rollcall.explain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A time as it stands in a sentence: to the second, in UTC. */
final class Moment {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private Moment() {}

  static String of(@Nullable Instant at) {
    return at == null ? "never" : FORMAT.format(at);
  }
}
