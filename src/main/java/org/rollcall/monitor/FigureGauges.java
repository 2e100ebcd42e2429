package org.rollcall.monitor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures as gauges; each time they are shown, what is gone goes. */
final class FigureGauges {
  private final MeterRegistry registry;
  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
  private @Nullable Figures shown;

  FigureGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  synchronized void show(Figures figures) {
    if (figures.equals(shown)) {
      return;
    }
    shown = figures;
    Rows rows = new Rows();
    rows.add(
        "rollcall.figures.timestamp.seconds",
        "when the figures below were read, in seconds since 1970",
        Tags.empty(),
        seconds(figures.at()));
    figures.accounts().forEach(account -> account(account, rows));
    figures.syncs().forEach(sync -> sync(sync, rows));
    gauges.keySet().forEach(rows::known);
    rows.all.forEach((name, found) -> gauge(name, rows).register(found, true));
  }

  private MultiGauge gauge(String name, Rows rows) {
    return gauges.computeIfAbsent(
        name,
        key ->
            MultiGauge.builder(name)
                .description(rows.descriptions.getOrDefault(name, ""))
                .register(registry));
  }

  private static void account(Figures.Account account, Rows rows) {
    Tags tags = Tags.of("account", account.name());
    rows.add(
        "rollcall.account.connected",
        "0 when a person has to connect the account again, or never did",
        tags,
        account.token().equals("connected") ? 1 : 0);
    rows.add(
        "rollcall.account.token.expires.timestamp.seconds",
        "when the access token ends, which renews itself",
        tags,
        seconds(account.expiresAt()));
    rows.add(
        "rollcall.account.last.success.timestamp.seconds",
        "when a run of the account last ended well",
        tags,
        seconds(account.lastSuccess()));
    rows.add("rollcall.quota.limit", "requests allowed a UTC day", tags, account.limit());
    rows.add("rollcall.quota.used", "requests of this UTC day", tags, account.used());
    rows.add("rollcall.quota.left", "requests left in this UTC day", tags, account.left());
    rows.add(
        "rollcall.provider.jobs.open",
        "batches and bulk jobs of which the outcome is not known yet",
        tags,
        account.openJobs());
    rows.add(
        "rollcall.account.lease.held", "1 while a run writes to it", tags, account.busy() ? 1 : 0);
  }

  private static void sync(Figures.Sync sync, Rows rows) {
    Tags tags = Tags.of("sync", sync.name());
    rows.add("rollcall.sync.members", "members, once per group", tags, sync.members());
    rows.add("rollcall.sync.members.eligible", "of those, eligible", tags, sync.eligible());
    rows.add("rollcall.plans.held", "plans that wait for a person", tags, sync.held());
    rows.add("rollcall.dead.letters.open", "dead letters nobody settled", tags, sync.deadLetters());
    rows.add("rollcall.conflicts.open", "address conflicts nobody decided", tags, sync.conflicts());
    rows.add("rollcall.sync.lease.held", "1 while a run is under way", tags, sync.busy() ? 1 : 0);
    sync.groups()
        .forEach(
            (group, members) ->
                rows.add(
                    "rollcall.group.members",
                    "members of a group",
                    tags.and("group", group),
                    members));
    sync.runs().forEach(run -> run(run, tags.and("job", run.job()), rows));
  }

  private static void run(Figures.LastRun run, Tags tags, Rows rows) {
    for (String state : List.of("running", "planned", "completed", "partial", "held", "failed")) {
      rows.add(
          "rollcall.last.run.state",
          "1 for the state of the newest run",
          tags.and("state", state),
          run.state().equals(state) ? 1 : 0);
    }
    rows.add(
        "rollcall.last.run.started.timestamp.seconds",
        "when the newest run began",
        tags,
        seconds(run.startedAt()));
    rows.add(
        "rollcall.last.run.finished.timestamp.seconds",
        "when the newest run ended; not a number while it runs",
        tags,
        seconds(run.finishedAt()));
    run.counts()
        .forEach(
            (count, value) ->
                rows.add(
                    "rollcall.last.run.count",
                    "what the newest run counted",
                    tags.and("count", count),
                    value));
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? Double.NaN : at.toEpochMilli() / 1e3;
  }

  /** Rows by the name of their metric. */
  private static final class Rows {
    private final Map<String, List<MultiGauge.Row<?>>> all = new LinkedHashMap<>();
    private final Map<String, String> descriptions = new LinkedHashMap<>();

    void add(String name, String description, Tags tags, double value) {
      descriptions.putIfAbsent(name, description);
      known(name).add(MultiGauge.Row.of(tags, value));
    }

    List<MultiGauge.Row<?>> known(String name) {
      return all.computeIfAbsent(name, key -> new ArrayList<>());
    }
  }
}
