package org.rollcall.operate;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.rollcall.alert.Alerts;
import org.rollcall.api.Api;
import org.rollcall.console.Console;
import org.rollcall.demand.Orders;
import org.rollcall.hub.Hub;
import org.rollcall.monitor.Monitor;
import org.rollcall.route.RouteReload;
import org.rollcall.route.Syncs;
import org.rollcall.run.Target;
import org.rollcall.settings.DropSettings;
import org.rollcall.settings.Problem;
import org.rollcall.settings.SettingsException;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Sessions;
import org.rollcall.web.Site;
import org.rollcall.web.WebServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hub that runs its syncs by itself until it is closed. */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** How often what no cron route announces is looked for: after downtime or a clock change. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

  private static final Duration RELOAD_EVERY = Duration.ofSeconds(5);

  private static final Duration ALERTS_EVERY = Duration.ofMinutes(1);

  /** For the batch in hand. With the routes' own 5 s and the database's stop, less than 30 s. */
  private static final Duration PARKING = Duration.ofSeconds(18);

  private final Hub hub;
  private final WebServer server;
  private final Site site;
  private final Health health;
  private final Schedule schedule;
  private final Orders orders;
  private final Monitor monitor;
  private final Api api;
  private final ExecutorService threads;
  private final @Nullable Alerts alerts;
  private boolean closed;
  private boolean clean = true;

  private Service(
      Hub hub,
      WebServer server,
      Site site,
      Health health,
      Schedule schedule,
      @Nullable Alerts alerts,
      Orders orders,
      Monitor monitor,
      Api api,
      ExecutorService threads) {
    this.hub = hub;
    this.monitor = monitor;
    this.server = server;
    this.site = site;
    this.health = health;
    this.schedule = schedule;
    this.alerts = alerts;
    this.orders = orders;
    this.api = api;
    this.threads = threads;
  }

  /**
   * Starts routes, schedules and health answers, or nothing at all. The caller closes the hub.
   *
   * @param clock of the schedules
   * @throws SettingsException when routes or schedules cannot work
   * @throws IllegalStateException when the port is taken
   */
  public static Service start(Hub hub, Clock clock) {
    ExecutorService threads = Executors.newCachedThreadPool(Service::daemon);
    Monitor monitor = Monitor.of(hub, clock, threads);
    try {
      hub.refuseBrokenRoutes();
      refuseIdleSchedules(hub, clock.instant());
      return start(hub, clock, monitor, threads);
    } catch (RuntimeException e) {
      monitor.close();
      threads.shutdownNow();
      throw e;
    }
  }

  private static Service start(Hub hub, Clock clock, Monitor monitor, ExecutorService threads) {
    Sessions sessions = hub.sessions();
    WebServer server = WebServer.bind(hub.settings().service(), sessions, hub.apiTokens());
    try {
      return start(hub, clock, server, sessions, monitor, threads);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Service start(
      Hub hub,
      Clock clock,
      WebServer server,
      Sessions sessions,
      Monitor monitor,
      ExecutorService threads) {
    Health health = new Health(hub, clock, threads);
    Site site = new Site();
    HealthPages.mount(site, health);
    monitor.mount(site);
    Syncs syncs = hub.syncs();
    Fires fires = new Fires(hub.store(), clock);
    List<Scheduled> scheduled = Schedule.scheduled(hub.settings(), hub.runs(), fires);
    Schedule schedule = new Schedule(scheduled, fires, syncs::runIfFree, clock);
    Orders orders = new Orders(hub.store(), hub.audit(), syncs, clock);
    URI publicly = URI.create(hub.settings().service().address(server.port()));
    Console.mount(
        site, hub, sessions, sync -> next(scheduled, sync, clock), orders, syncs, publicly);
    Pauses pauses = new Pauses(hub.store(), clock);
    schedule.haltWhile(sync -> halted(hub.camel(), pauses, sync));
    Api api =
        Api.mount(site, hub, orders, sync -> next(scheduled, sync, clock), health::all, clock);
    server.serve(site);
    hub.reception().serve(syncs::take);
    addRoutes(hub.camel(), schedule);
    addDrops(hub);
    Alerts alerts = addAlerts(hub, clock);
    health.started(schedule, alerts, addReload(hub));
    monitor.started(new Steering(hub, orders, schedule, pauses, health, clock));
    scheduled.forEach(sync -> announce(sync, clock.instant()));
    return new Service(hub, server, site, health, schedule, alerts, orders, monitor, api, threads);
  }

  /**
   * Whoever stops a schedule's route wants its sync not to begin, neither now nor by catching up.
   */
  private static boolean halted(CamelContext camel, Pauses pauses, Scheduled sync) {
    ServiceStatus route = camel.getRouteController().getRouteStatus("schedule-" + sync.name());
    return route != null && route != ServiceStatus.Started || pauses.paused(sync.duty.target());
  }

  private static Optional<Instant> next(List<Scheduled> scheduled, String sync, Clock clock) {
    return scheduled.stream()
        .filter(found -> found.sync().equals(sync))
        .flatMap(found -> found.timetable.next(clock.instant()).stream())
        .map(Fire::at)
        .min(Instant::compareTo);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "health-check");
    thread.setDaemon(true);
    return thread;
  }

  /** A schedule that lies wholly outside of its window would never run, without a word. */
  private static void refuseIdleSchedules(Hub hub, Instant now) {
    List<Problem> problems = new ArrayList<>();
    for (SyncSettings sync : hub.settings().syncs().values()) {
      Target target = new Target(0, 0, sync, hub.settings().account(sync.account()));
      for (Duty duty : Schedule.duties(target)) {
        if (duty.timetable().next(now).isEmpty()) {
          problems.add(idle(duty));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private static Problem idle(Duty duty) {
    return new Problem(
        "config/application.properties",
        0,
        "rollcall.syncs." + duty.target().sync().name() + "." + duty.setting(),
        "\"" + duty.cron() + "\" never fires" + (duty.window() == null ? "" : " inside the window"),
        "choose a time that comes, such as the window's beginning");
  }

  private static void addRoutes(CamelContext camel, Schedule schedule) {
    camel.getRegistry().bind("schedule", schedule);
    try {
      for (Scheduled sync : schedule.syncs()) {
        TemplatedRouteBuilder.builder(camel, "schedule")
            .routeId("schedule-" + sync.name())
            .parameter("sync", sync.name())
            .parameter("cron", sync.duty.cron())
            .parameter("timeZone", sync.duty.target().sync().timeZone().getId())
            .add();
      }
      TemplatedRouteBuilder.builder(camel, "schedule-catch-up")
          .routeId("schedule-catch-up")
          .parameter("period", LOOK_AGAIN.toMillis())
          .add();
    } catch (RuntimeException e) {
      throw new IllegalStateException("the schedules do not start: " + e.getMessage(), e);
    }
  }

  private static void addDrops(Hub hub) {
    for (DropSettings drop : hub.settings().drops().values()) {
      try {
        TemplatedRouteBuilder.builder(hub.camel(), "drop")
            .routeId("drop-" + drop.name())
            .parameter("drop", drop.name())
            .parameter("period", drop.arrival().lookEvery().toMillis())
            .add();
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the drop %s does not start: %s".formatted(drop.name(), e.getMessage()), e);
      }
      LOG.info("drop {} watches {} for sync {}", drop.name(), drop.folder(), drop.sync());
    }
  }

  private static @Nullable Alerts addAlerts(Hub hub, Clock clock) {
    if (hub.settings().mail() == null) {
      return null;
    }
    Alerts alerts = new Alerts(Mailrooms.of(hub, clock));
    hub.camel().getRegistry().bind("alerts", alerts);
    try {
      TemplatedRouteBuilder.builder(hub.camel(), "alerts")
          .routeId("alerts")
          .parameter("period", ALERTS_EVERY.toMillis())
          .add();
    } catch (RuntimeException e) {
      alerts.close();
      throw new IllegalStateException("the alerts do not start: " + e.getMessage(), e);
    }
    return alerts;
  }

  private static RouteReload addReload(Hub hub) {
    RouteReload reload = hub.routeReload();
    hub.camel().getRegistry().bind("routeReload", reload);
    try {
      TemplatedRouteBuilder.builder(hub.camel(), "route-reload")
          .routeId("route-reload")
          .parameter("period", RELOAD_EVERY.toMillis())
          .add();
    } catch (RuntimeException e) {
      throw new IllegalStateException("looking at route files: " + e.getMessage(), e);
    }
    return reload;
  }

  private static void announce(Scheduled sync, Instant now) {
    LOG.info(
        "sync {} runs by \"{}\" ({}), next at {}",
        sync.name(),
        sync.duty.cron(),
        sync.duty.target().sync().timeZone(),
        sync.timetable.next(now).map(next -> next.at().toString()).orElse("no time"));
  }

  /** The port that was taken, also when the settings left the choice to the system. */
  public int port() {
    return server.port();
  }

  /** Where browsers find the console, without a slash at the end. */
  public String url() {
    return hub.settings().service().address(server.port());
  }

  /** Every page and action that is served, with the role it needs. */
  public List<Site.Entry> entries() {
    return site.entries();
  }

  /** How many syncs run by themselves. */
  public int scheduled() {
    return schedule.syncs().size();
  }

  /** Looks for due syncs now, as the routes do again and again. */
  void look() {
    schedule.look();
  }

  /**
   * Stops within 30 seconds: batches in hand are finished, the rest is parked.
   *
   * @return false when a run was still under way; the next start finishes it
   */
  public synchronized boolean stop() {
    if (!closed) {
      closed = true;
      LOG.info("stopping; runs under way finish the batch in hand");
      health.stopping();
      schedule.stop();
      orders.stop();
      api.stop();
      hub.reception().stop();
      hub.stop();
      long end = System.nanoTime() + PARKING.toNanos();
      boolean scheduled = schedule.awaitEnd(PARKING);
      clean = orders.awaitEnd(left(end)) && scheduled;
      if (!clean) {
        LOG.warn("a run did not come to its next batch within {} s", PARKING.toSeconds());
      }
      schedule.close();
      if (alerts != null) {
        alerts.close();
      }
      orders.close();
      api.close();
      server.close();
      monitor.close();
      threads.shutdownNow();
    }
    return clean;
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  @Override
  public void close() {
    stop();
  }
}
