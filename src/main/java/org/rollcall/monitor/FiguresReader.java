package org.rollcall.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.AccountState;
import org.rollcall.hub.Hub;
import org.rollcall.pace.Purpose;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;

/** Counts everything in the database, by indexes alone. */
final class FiguresReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Long>> NUMBERS = new TypeReference<>() {};

  private final Hub hub;
  private final Clock clock;

  FiguresReader(Hub hub, Clock clock) {
    this.hub = hub;
    this.clock = clock;
  }

  Figures read() {
    List<Figures.Account> accounts = new ArrayList<>();
    for (AccountSettings account : hub.settings().accounts().values()) {
      accounts.add(account(account));
    }
    List<Figures.Sync> syncs = new ArrayList<>();
    for (SyncSettings sync : hub.settings().syncs().values()) {
      syncs.add(sync(sync));
    }
    return new Figures(clock.instant(), accounts, syncs);
  }

  private Figures.Account account(AccountSettings account) {
    AccountState state = hub.tokens().state(account).orElse(null);
    String token = state == null ? "new" : state.connected() ? "connected" : "reconnect";
    long left =
        hub.budget()
            .permittedToday(
                account.clientId(),
                account.requestsPerDay(),
                account.optOutReserve(),
                Purpose.OPT_OUTS);
    Work work = work(account.name());
    return new Figures.Account(
        account.name(),
        token,
        state == null ? null : state.expiresAt(),
        work.lastSuccess(),
        account.requestsPerDay(),
        hub.budget().usedToday(account.clientId()),
        left,
        work.openJobs(),
        work.busy());
  }

  private record Work(@Nullable Instant lastSuccess, long openJobs, boolean busy) {}

  private Work work(String account) {
    return hub.store()
        .transaction(
            connection ->
                Query.named(connection, "monitor/account")
                    .bind("account", account)
                    .first(
                        row ->
                            new Work(
                                Query.instant(row, "last_success"),
                                row.getLong("open_jobs"),
                                row.getBoolean("busy")))
                    .orElseThrow());
  }

  private Figures.Sync sync(SyncSettings sync) {
    List<Figures.LastRun> runs = new ArrayList<>();
    for (Job job : Job.values()) {
      hub.runs().latest(sync.name(), job).ifPresent(run -> runs.add(run(run)));
    }
    return hub.store().transaction(connection -> sync(connection, sync, runs));
  }

  private Figures.Sync sync(Connection connection, SyncSettings sync, List<Figures.LastRun> runs)
      throws SQLException {
    Map<String, Long> groups =
        hub.settings().monitoring().groups() ? groups(connection, sync) : Map.of();
    return Query.named(connection, "monitor/sync")
        .bind("account", sync.account())
        .bind("sync", sync.name())
        .first(
            row ->
                new Figures.Sync(
                    sync.name(),
                    sync.account(),
                    row.getLong("member_count"),
                    row.getLong("eligible_count"),
                    row.getLong("held"),
                    row.getLong("dead_letters"),
                    row.getLong("conflicts"),
                    row.getBoolean("busy"),
                    runs,
                    groups))
        .orElseThrow();
  }

  private static Map<String, Long> groups(Connection connection, SyncSettings sync)
      throws SQLException {
    Map<String, Long> groups = new LinkedHashMap<>();
    Query.named(connection, "monitor/groups")
        .bind("account", sync.account())
        .bind("sync", sync.name())
        .each(row -> groups.put(row.getString("group_name"), row.getLong("members")));
    return groups;
  }

  private static Figures.LastRun run(Runs.Record run) {
    return new Figures.LastRun(
        run.job(), run.state().word(), run.startedAt(), run.finishedAt(), counts(run));
  }

  private static Map<String, Long> counts(Runs.Record run) {
    try {
      return JSON.readValue(run.counts(), NUMBERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the counts of run " + run.id(), e);
    }
  }
}
