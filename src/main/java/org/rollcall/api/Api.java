package org.rollcall.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.rollcall.demand.Orders;
import org.rollcall.hub.Hub;
import org.rollcall.web.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API with what tells of events in the background. */
public final class Api implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final Listeners listeners;
  private final EventLog log;
  private final ScheduledExecutorService ticking = Executors.newScheduledThreadPool(1, Api::daemon);

  private Api(Hub hub, Clock clock) {
    log = new EventLog(hub.store(), clock);
    listeners = new Listeners(log, hub.apiTokens());
  }

  /**
   * Adds every operation to the site.
   *
   * @param health what {@code /health} answers
   */
  public static Api mount(
      Site site,
      Hub hub,
      Orders orders,
      Next next,
      Supplier<Map<String, Object>> health,
      Clock clock) {
    Api api = new Api(hub, clock);
    Doors doors = new Doors(site);
    Starting starting = new Starting(orders);
    new SyncsApi(hub, next, starting).mount(doors);
    new RunsApi(hub, starting).mount(doors);
    new ToDoApi(hub, starting).mount(doors);
    new HistoryApi(hub).mount(doors);
    new StateApi(hub, health).mount(site, doors);
    new EventsApi(hub, api.listeners).mount(site);
    api.every(Duration.ofSeconds(1), api.listeners::tick);
    api.every(Duration.ofHours(1), api.log::purge);
    return api;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "api");
    thread.setDaemon(true);
    return thread;
  }

  /** The database may be away for a while; then this does nothing, and goes on after it. */
  private void every(Duration period, Runnable work) {
    var unused =
        ticking.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                LOG.debug("left out once", e);
              }
            },
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Lets listeners go. */
  public void stop() {
    listeners.close();
  }

  @Override
  public void close() {
    stop();
    ticking.shutdownNow();
  }
}
