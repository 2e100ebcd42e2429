package org.rollcall.operate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.AccountState;
import org.rollcall.alert.Alerts;
import org.rollcall.hub.Hub;
import org.rollcall.pace.Purpose;
import org.rollcall.route.RouteReload;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.settings.AccountSettings;

/** Whether the service can do its work, and how accounts and syncs stand. Never a secret. */
final class Health {
  /** Whoever asks wants an answer soon, also when the pool would wait for the database. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Hub hub;
  private final Clock clock;
  private final ExecutorService threads;
  private volatile @Nullable Schedule schedule;
  private volatile @Nullable Alerts alerts;
  private volatile @Nullable RouteReload reload;
  private volatile boolean stopping;
  private @Nullable CompletableFuture<String> asking;

  Health(Hub hub, Clock clock, ExecutorService threads) {
    this.hub = hub;
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * @param mailing null when nothing is mailed
   */
  void started(Schedule running, @Nullable Alerts mailing, RouteReload files) {
    alerts = mailing;
    reload = files;
    schedule = running;
  }

  /** Whether everything has been started once; a stop does not change that. */
  boolean started() {
    return schedule != null;
  }

  void stopping() {
    stopping = true;
  }

  /** Why no work can be done; empty when all is well. An account's trouble is not the service's. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (stopping) {
      reasons.add("the service is stopping");
    } else if (schedule == null) {
      reasons.add("the routes have not been started");
    } else {
      reasons.addAll(stoppedRoutes(hub.camel()));
    }
    String database = database();
    if (!database.isEmpty()) {
      reasons.add(database);
    }
    return reasons;
  }

  private static List<String> stoppedRoutes(CamelContext camel) {
    return camel.getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> camel.getRouteController().getRouteStatus(id) != ServiceStatus.Started)
        .map(id -> "the route " + id + " is not running")
        .toList();
  }

  /** What is wrong with the hub's database; empty when it answers. */
  private String database() {
    try {
      return ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "the database does not answer within " + PATIENCE.toSeconds() + " s";
    } catch (ExecutionException e) {
      return "the database does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** However many ask, one connection is waited for. */
  private synchronized CompletableFuture<String> ask() {
    if (asking == null || asking.isDone()) {
      asking = CompletableFuture.supplyAsync(this::select, threads);
    }
    return asking;
  }

  private String select() {
    try (Connection connection = hub.store().pool().getConnection()) {
      return connection.isValid((int) PATIENCE.toSeconds()) ? "" : "the database does not answer";
    } catch (SQLException e) {
      return "the database cannot be reached";
    }
  }

  /** Everything at a glance. */
  Map<String, Object> all() {
    List<String> reasons = reasons();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("status", reasons.isEmpty() ? "up" : "down");
    all.put("reasons", reasons);
    if (schedule != null && database().isEmpty()) {
      all.put("accounts", hub.settings().accounts().values().stream().map(this::account).toList());
      all.put("syncs", syncs());
      all.put("routes", Objects.requireNonNull(reload).health());
      Alerts mailing = alerts;
      if (mailing != null) {
        all.put("mail", mailing.health());
      }
    }
    return all;
  }

  private Map<String, Object> account(AccountSettings account) {
    AccountState state = hub.tokens().state(account).orElse(null);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("account", account.name());
    shown.put("provider", account.provider());
    if (state == null) {
      shown.put("token", "not taken over yet");
    } else {
      shown.put("token", state.connected() ? "connected" : "to be connected again");
      shown.put("expiresAt", state.expiresAt().toString());
      shown.put("updatedAt", state.updatedAt().toString());
    }
    if (state != null && !state.connected()) {
      shown.put("remedy", "run rollcall connect " + account.name());
    }
    shown.put("quota", quota(account));
    hub.runs().lastSuccess(account.name()).ifPresent(at -> shown.put("lastSuccess", at.toString()));
    return shown;
  }

  private Map<String, Object> quota(AccountSettings account) {
    Map<String, Object> quota = new LinkedHashMap<>();
    quota.put("perDay", account.requestsPerDay());
    quota.put("usedToday", hub.budget().usedToday(account.clientId()));
    quota.put(
        "leftToday",
        hub.budget()
            .permittedToday(
                account.clientId(),
                account.requestsPerDay(),
                account.optOutReserve(),
                Purpose.OPT_OUTS));
    return quota;
  }

  private List<Map<String, Object>> syncs() {
    return Objects.requireNonNull(schedule).syncs().stream().map(this::sync).toList();
  }

  private Map<String, Object> sync(Scheduled sync) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("sync", sync.sync());
    shown.put("jobs", sync.duty.jobs().stream().map(Job::word).toList());
    shown.put("schedule", sync.duty.cron());
    shown.put("paused", new Pauses(hub.store(), clock).paused(sync.duty.target()));
    shown.put("timeZone", sync.duty.target().sync().timeZone().getId());
    sync.timetable.next(clock.instant()).ifPresent(next -> shown.put("next", next.at().toString()));
    hub.runs()
        .latest(sync.sync(), sync.duty.shown())
        .ifPresent(run -> shown.put("lastRun", run(run)));
    return shown;
  }

  private static Map<String, Object> run(Runs.Record run) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("run", run.id());
    shown.put("state", run.state().word());
    shown.put("startedAt", run.startedAt().toString());
    shown.put("finishedAt", Objects.toString(run.finishedAt(), null));
    return shown;
  }
}
