package org.rollcall.operate;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.monitor.Controls;
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
  private final Orders orders;
  private final Schedule schedule;
  private final Pauses pauses;
  private final Health health;
  private final Clock clock;

  Steering(Hub hub, Orders orders, Schedule schedule, Pauses pauses, Health health, Clock clock) {
    this.hub = hub;
    this.orders = orders;
    this.schedule = schedule;
    this.pauses = pauses;
    this.health = health;
    this.clock = clock;
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
    Asker asker = new Asker(Audit.Through.JMX, by, null);
    return orders.place(asker, Wish.sync(sync, Scope.ALL)).sentence();
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
