package org.rollcall.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs at the speed of the real one, and can be moved or stopped. */
final class SandboxClock extends Clock {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Instant base;
  private long baseNanos = System.nanoTime();
  private boolean stopped;

  SandboxClock(Instant start) {
    this.base = start;
  }

  @Override
  public synchronized Instant instant() {
    return stopped ? base : base.plusNanos(System.nanoTime() - baseNanos);
  }

  long seconds() {
    return instant().getEpochSecond();
  }

  void set(Instant time) {
    synchronized (this) {
      base = time;
      baseNanos = System.nanoTime();
    }
    listeners.forEach(Runnable::run);
  }

  void advance(Duration step) {
    set(instant().plus(step));
  }

  /** A stopped clock only moves when it is set. */
  void stop(boolean stop) {
    synchronized (this) {
      base = instant();
      baseNanos = System.nanoTime();
      stopped = stop;
    }
    listeners.forEach(Runnable::run);
  }

  void onMove(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
