package org.rollcall.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest figures. They are read at most every {@link #FRESH}, once for all who ask; while the
 * database is away everybody gets the last ones at once.
 */
final class LatestFigures {
  private static final Logger LOG = LoggerFactory.getLogger(LatestFigures.class);
  static final Duration FRESH = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Supplier<Figures> reader;
  private final Executor threads;
  private final LongSupplier nanos;
  private @Nullable CompletableFuture<Figures> asking;
  private volatile @Nullable Figures last;
  private volatile boolean answered;
  private boolean asked;
  private long askedAt;

  /**
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  LatestFigures(Supplier<Figures> reader, Executor threads, LongSupplier nanos) {
    this.reader = reader;
    this.threads = threads;
    this.nanos = nanos;
  }

  /** Empty when the database has not answered yet. Never fails, and takes two seconds at most. */
  Optional<Figures> get() {
    CompletableFuture<Figures> fresh = ask();
    if (fresh != null) {
      await(fresh);
    }
    return Optional.ofNullable(last);
  }

  /** Whether the database answered when it was asked last. */
  boolean answered() {
    return answered;
  }

  /** Null when what is known is new enough. */
  private synchronized @Nullable CompletableFuture<Figures> ask() {
    if (asking != null && !asking.isDone()) {
      return answered || last == null ? asking : null;
    }
    long now = nanos.getAsLong();
    if (asked && now - askedAt < FRESH.toNanos()) {
      return null;
    }
    askedAt = now;
    try {
      asking = CompletableFuture.supplyAsync(this::read, threads);
    } catch (RejectedExecutionException e) {
      answered = false;
      return null;
    }
    asked = true;
    return asking;
  }

  private Figures read() {
    try {
      Figures read = reader.get();
      last = read;
      answered = true;
      return read;
    } catch (RuntimeException e) {
      answered = false;
      LOG.debug("the figures could not be read", e);
      throw e;
    }
  }

  private void await(CompletableFuture<Figures> fresh) {
    try {
      fresh.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answered = false;
    } catch (ExecutionException e) {
      LOG.debug("the figures are old", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
