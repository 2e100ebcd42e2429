package org.rollcall.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens by address, so that nobody tries them by the million. Nobody could guess one;
 * this spares the database. Kept in memory: each node bears with so many.
 */
final class WrongTokens {
  static final int BORNE = 10;
  static final Duration WAIT = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;

  private final LongSupplier nanos;
  private final Map<String, Count> byAddress = newest();
  private final Map<String, Boolean> known = newest();

  private record Count(int wrong, long since) {}

  WrongTokens(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static <T> Map<String, T> newest() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > MOST_KEPT;
      }
    };
  }

  /**
   * Whether there were too many to look at a token from this address. One that was good before is
   * looked at all the same: behind a proxy, all addresses are one.
   */
  synchronized boolean tooMany(String address, String fingerprint) {
    return !known.containsKey(fingerprint) && count(address).wrong() >= BORNE;
  }

  synchronized void wrong(String address, String fingerprint) {
    known.remove(fingerprint);
    Count before = count(address);
    byAddress.put(address, new Count(before.wrong() + 1, before.since()));
  }

  synchronized void good(String fingerprint) {
    known.put(fingerprint, true);
  }

  private Count count(String address) {
    long now = nanos.getAsLong();
    Count count = byAddress.get(address);
    return count == null || now - count.since() > WAIT.toNanos() ? new Count(0, now) : count;
  }
}
