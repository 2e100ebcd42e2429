package org.rollcall.drop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that cannot be looked through: told at once, and as an error when it lasts. */
final class Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
  private static final Duration LASTING = Duration.ofMinutes(10);

  private final Clock clock;
  private final Map<String, Since> open = new HashMap<>();

  Troubles(Clock clock) {
    this.clock = clock;
  }

  private record Since(Instant first, Instant told) {}

  void tell(String drop, String what) {
    Instant now = clock.instant();
    Since before = open.get(drop);
    if (before == null) {
      open.put(drop, new Since(now, now));
      LOG.warn("drop {}: {}; tried again at every look", drop, what);
    } else if (!now.isBefore(before.told().plus(LASTING))) {
      open.put(drop, new Since(before.first(), now));
      LOG.error("drop {}: since {} {}", drop, before.first(), what);
    }
  }

  void over(String drop) {
    Since before = open.remove(drop);
    if (before != null) {
      LOG.info("drop {}: the folder can be looked through again", drop);
    }
  }
}
