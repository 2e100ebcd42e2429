package org.rollcall.operate;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.rollcall.hub.Hub;
import org.rollcall.monitor.Controls;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Scope;
import org.rollcall.run.Target;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What JMX may do with the running service. */
final class Steering implements Controls {
  private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

  private final Hub hub;
  private final Syncs syncs;
  private final Schedule schedule;
  private final Pauses pauses;
  private final Health health;
  private final Clock clock;
  private final ExecutorService threads;

  Steering(
      Hub hub,
      Syncs syncs,
      Schedule schedule,
      Pauses pauses,
      Health health,
      Clock clock,
      ExecutorService threads) {
    this.hub = hub;
    this.syncs = syncs;
    this.schedule = schedule;
    this.pauses = pauses;
    this.health = health;
    this.clock = clock;
    this.threads = threads;
  }

  @Override
  public Optional<Instant> next(String sync) {
    return schedule.syncs().stream()
        .filter(found -> found.sync().equals(sync))
        .flatMap(found -> found.timetable.next(clock.instant()).stream())
        .map(Fire::at)
        .min(Instant::compareTo);
  }

  @Override
  public boolean paused(String sync) {
    return pauses.paused(target(sync));
  }

  @Override
  public void pause(String sync, boolean paused, String by) {
    if (paused) {
      pauses.pause(target(sync), by);
    } else {
      pauses.resume(target(sync));
    }
    note(by, (paused ? "paused" : "resumed") + " the schedule", sync);
    LOG.info("sync {}: the schedule was {} by {}", sync, paused ? "paused" : "resumed", by);
  }

  @Override
  public String runNow(String sync, String by) {
    note(by, "asked for a run", sync);
    threads.execute(() -> run(sync));
    return "a run was asked for; it begins as soon as no other run of the sync or its account is"
        + " under way";
  }

  private void run(String sync) {
    try {
      LOG.info(
          "sync {}: {}",
          sync,
          syncs.run(sync, Job.OF_A_SYNC, Scope.ALL, Progress.NONE).stream()
              .map(run -> "run " + run.id() + " " + run.state().word())
              .toList());
    } catch (RuntimeException e) {
      LOG.error("sync {}: the run was broken off: {}", sync, e.getMessage());
    }
  }

  @Override
  public List<String> reasons() {
    return health.reasons();
  }

  private void note(String by, String what, String sync) {
    hub.audit().note(Audit.Through.JMX, by, what, sync, null);
  }

  private Target target(String name) {
    SyncSettings sync = hub.settings().sync(name);
    return hub.runs().target(sync, hub.settings().account(sync.account()));
  }
}
