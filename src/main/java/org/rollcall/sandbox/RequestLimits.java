package org.rollcall.sandbox;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts per client id, over all its connections and accounts.
 *
 * <p>The second slides on the machine's monotonic time, because that is what a client paces itself
 * by; the day is the UTC day of the virtual clock.
 */
final class RequestLimits {
  enum Verdict {
    ACCEPTED,
    THROTTLED,
    QUOTA_EXCEEDED
  }

  private static final long SECOND = 1_000_000_000L;

  private static final class Usage {
    final Deque<Long> lastSecond = new ArrayDeque<>();
    final Deque<Long> lastTokenMinute = new ArrayDeque<>();
    LocalDate day = LocalDate.MIN;
    int today;
  }

  private final Supplier<SandboxOptions.Limits> limits;
  private final Supplier<LocalDate> today;
  private final LongSupplier nanos;
  private final Map<String, Usage> usages = new HashMap<>();

  RequestLimits(
      Supplier<SandboxOptions.Limits> limits, Supplier<LocalDate> today, LongSupplier nanos) {
    this.limits = limits;
    this.today = today;
    this.nanos = nanos;
  }

  /** Only accepted requests count. */
  synchronized Verdict admit(String clientId) {
    SandboxOptions.Limits now = limits.get();
    Usage usage = usage(clientId);
    if (now.requestsPerDay() > 0 && usage.today >= now.requestsPerDay()) {
      return Verdict.QUOTA_EXCEEDED;
    }
    if (!room(usage.lastSecond, now.requestsPerSecond(), SECOND)) {
      return Verdict.THROTTLED;
    }
    usage.today++;
    return Verdict.ACCEPTED;
  }

  synchronized boolean admitToken(String clientId) {
    return room(
        usage(clientId).lastTokenMinute, limits.get().tokenRequestsPerMinute(), 60 * SECOND);
  }

  synchronized int usedToday(String clientId) {
    return usage(clientId).today;
  }

  synchronized void setUsedToday(String clientId, int used) {
    usage(clientId).today = used;
  }

  synchronized void clear() {
    usages.clear();
  }

  private Usage usage(String clientId) {
    Usage usage = usages.computeIfAbsent(clientId, id -> new Usage());
    if (!usage.day.equals(today.get())) {
      usage.day = today.get();
      usage.today = 0;
    }
    return usage;
  }

  private boolean room(Deque<Long> window, int limit, long length) {
    if (limit <= 0) {
      return true;
    }
    long now = nanos.getAsLong();
    while (!window.isEmpty() && now - window.peek() >= length) {
      window.remove();
    }
    if (window.size() >= limit) {
      return false;
    }
    window.add(now);
    return true;
  }
}
