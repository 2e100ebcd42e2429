package org.rollcall.pace;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The slots that this process uses of one API key, by {@link System#nanoTime}: it runs on evenly
 * while the clocks of hosts are put right.
 */
final class OwnSlots {
  private static final long REST = Duration.ofSeconds(1).toNanos();

  private final Map<UUID, Long> freeAt = new HashMap<>();

  /**
   * @param end when the call has ended at the latest
   * @return false when as many as may are in use or rest
   */
  synchronized boolean take(UUID id, int perSecond, long now, long end) {
    freeAt.values().removeIf(free -> free - now <= 0);
    if (freeAt.size() >= perSecond) {
      return false;
    }
    freeAt.put(id, end + REST);
    return true;
  }

  /** It rests from now on. */
  synchronized void release(UUID id, long now) {
    freeAt.computeIfPresent(id, (each, free) -> now + REST);
  }

  /** Nothing was sent with it. */
  synchronized void forget(UUID id) {
    freeAt.remove(id);
  }

  synchronized Duration untilFree(int perSecond, long now) {
    long first = freeAt.values().stream().mapToLong(free -> free - now).min().orElse(0);
    return freeAt.size() < perSecond ? Duration.ZERO : Duration.ofNanos(Math.max(0, first));
  }
}
