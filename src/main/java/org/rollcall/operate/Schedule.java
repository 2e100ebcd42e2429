package org.rollcall.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Reconciling;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Stop;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs what is due. Routes only say when to look: whether there is something to do is decided by
 * the timetable and the table of fires, so that looking too often or too late does no harm.
 */
public final class Schedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

  /** More at a time would want more connections than the hub's pool has. */
  private static final int AT_A_TIME = 2;

  private final List<Scheduled> syncs;
  private final Fires fires;
  private final Runner runner;
  private final Clock clock;
  private final Set<String> busyAccounts = new HashSet<>();
  private volatile boolean stopping;
  private volatile Predicate<Scheduled> halted = sync -> false;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(work -> new Thread(work, "schedule"));

  /** Runs a sync now or not at all; see {@link Syncs#runIfFree}. */
  @FunctionalInterface
  interface Runner {
    Optional<List<Runs.Record>> runIfFree(
        String sync,
        List<Job> jobs,
        @Nullable Reconciling reconciling,
        Progress progress,
        Stop until,
        Syncs.Claim claim);
  }

  Schedule(List<Scheduled> syncs, Fires fires, Runner runner, Clock clock) {
    this.syncs = syncs;
    this.fires = fires;
    this.runner = runner;
    this.clock = clock;
  }

  /** The syncs that have a schedule; from now on their times are owed. */
  static List<Scheduled> scheduled(Settings settings, Runs runs, Fires fires) {
    List<Scheduled> scheduled = new ArrayList<>();
    for (SyncSettings sync : settings.syncs().values()) {
      Target target = runs.target(sync, settings.account(sync.account()));
      for (Duty duty : duties(target)) {
        scheduled.add(new Scheduled(duty, fires.since(duty)));
      }
    }
    return scheduled;
  }

  /** What is done for a sync by itself. */
  static List<Duty> duties(Target target) {
    return Stream.of(Duty.sync(target), Duty.activities(target))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  List<Scheduled> syncs() {
    return syncs;
  }

  /** Begins nothing of a sync by itself while this is true. */
  void haltWhile(Predicate<Scheduled> asked) {
    halted = asked;
  }

  /** Begins every sync that is due; called by routes. */
  public synchronized void look() {
    for (Scheduled sync : syncs) {
      try {
        look(sync);
      } catch (RuntimeException e) {
        LOG.error("sync {}: cannot tell whether it is due: {}", sync.name(), e.getMessage());
        LOG.debug("sync {}", sync.name(), e);
      }
    }
  }

  private void look(Scheduled sync) {
    Instant now = clock.instant();
    Fire due = sync.timetable.latest(sync.since, now).orElse(null);
    if (stopping || due == null || sync.isSettled(due) || busyAccounts.contains(sync.account())) {
      return;
    }
    if (fires.settled(sync.duty, due)) {
      sync.settle(due);
    } else if (halted.test(sync)) {
      LOG.debug("sync {} is due and halted", sync.name());
    } else if (due.over(now)) {
      giveUp(sync, due);
    } else if (busyAccounts.size() < AT_A_TIME) {
      begin(sync, due);
    }
  }

  private void giveUp(Scheduled sync, Fire due) {
    if (fires.missed(sync.duty, due)) {
      LOG.warn(
          "sync {} missed its run of {} ({}): the window closed before it could run",
          sync.name(),
          due.local(),
          sync.duty.target().sync().timeZone());
    }
    sync.settle(due);
  }

  private void begin(Scheduled sync, Fire due) {
    busyAccounts.add(sync.account());
    try {
      threads.execute(() -> work(sync, due));
    } catch (RejectedExecutionException e) {
      busyAccounts.remove(sync.account());
    }
  }

  private void work(Scheduled sync, Fire due) {
    boolean ran = false;
    try {
      ran = run(sync, due);
    } catch (RuntimeException e) {
      LOG.error("sync {}: the run was broken off: {}", sync.name(), e.getMessage());
      LOG.debug("sync {}", sync.name(), e);
    } finally {
      free(sync);
    }
    if (ran) {
      look();
    }
  }

  private synchronized void free(Scheduled sync) {
    busyAccounts.remove(sync.account());
  }

  private boolean run(Scheduled sync, Fire due) {
    long began = System.nanoTime();
    Optional<List<Runs.Record>> records =
        runner.runIfFree(
            sync.sync(),
            sync.duty.jobs(),
            fires.reconciling(sync.duty, due),
            Progress.NONE,
            () -> closed(sync, due),
            () -> fires.claim(sync.duty, due));
    if (records.isEmpty()) {
      return false;
    }
    boolean stopped = stopping && !complete(sync, records.get());
    fires.finish(sync.duty, due, stopped);
    if (!stopped) {
      sync.settle(due);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    try (var named = MDC.putCloseable("sync", sync.sync());
        var account = MDC.putCloseable("account", sync.account())) {
      LOG.info("sync {}: {}", sync.name(), Outcome.sentence(records.get(), took));
    }
    return true;
  }

  private static boolean complete(Scheduled sync, List<Runs.Record> runs) {
    return runs.size() == sync.duty.jobs().size()
        && runs.stream().noneMatch(run -> run.state() == RunState.PARTIAL);
  }

  private Stop.@Nullable Reason closed(Scheduled sync, Fire due) {
    return due.over(clock.instant())
        ? new Stop.Reason(
            "the window closed at %s (%s); what is left waits for the next run"
                .formatted(
                    Objects.requireNonNull(due.end())
                        .atZone(sync.duty.target().sync().timeZone())
                        .toLocalTime(),
                    sync.duty.target().sync().timeZone()),
            false)
        : null;
  }

  boolean running(Scheduled sync) {
    synchronized (this) {
      return busyAccounts.contains(sync.account());
    }
  }

  /** Begins nothing more. */
  void stop() {
    stopping = true;
    threads.shutdown();
  }

  /**
   * Waits for the runs to park.
   *
   * @return false when one did not in time
   */
  boolean awaitEnd(Duration limit) {
    try {
      return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
