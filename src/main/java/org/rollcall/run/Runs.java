package org.rollcall.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The table of runs: who ran when, how it ended, and what a person decided about it. */
public final class Runs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;
  private final Clock clock;
  private final Predicate<String> secondPerson;

  /** Runs whose held plans one person may release. */
  public Runs(Store store, Clock clock) {
    this(store, clock, sync -> false);
  }

  /**
   * @param secondPerson whether held plans of a sync need two people
   */
  public Runs(Store store, Clock clock, Predicate<String> secondPerson) {
    this.store = store;
    this.clock = clock;
    this.secondPerson = secondPerson;
  }

  /** What became of a person's word about a held plan. */
  public enum Decided {
    DONE,
    /** The approval is noted; somebody else has to approve, too. */
    FIRST,
    /** This person has approved already, and somebody else has to. */
    SAME_PERSON,
    /** The run is not held, or somebody has decided before. */
    TOO_LATE
  }

  /**
   * A run as the table holds it.
   *
   * @param removalDigest identifies the removals that are held
   * @param decidedBy who approved or rejected it
   * @param firstApproval who approved it while a second person was still missing
   * @param undoes the run that this one took back
   * @param forecast what the plan costs at the provider, as JSON
   * @param counts as JSON
   */
  public record Record(
      long id,
      String sync,
      String job,
      RunState state,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String error,
      @Nullable String heldReason,
      @Nullable String removalDigest,
      @Nullable String decision,
      @Nullable String decidedBy,
      @Nullable String firstApproval,
      @Nullable Long undoes,
      @Nullable String forecast,
      String counts) {
    /** What was decided about it, and what became of that, for people. */
    public String decisionInWords() {
      String word = Objects.requireNonNullElse(decision, "not yet");
      return switch (word) {
        case "using" -> "approved, and a run is carrying it out";
        case "used" -> "approved, and carried out";
        default -> word;
      };
    }
  }

  /**
   * The numbers of a sync and its account, made on first use. Known ones are read without a lock.
   */
  public Target target(SyncSettings sync, AccountSettings account) {
    return store.transaction(
        connection -> {
          Optional<Target> known =
              Query.of(
                      connection,
                      "SELECT account_id, s.sync_id FROM sync s JOIN account a USING (account_id)"
                          + " WHERE a.name = :account AND s.name = :name")
                  .bind("account", account.name())
                  .bind("name", sync.name())
                  .first(row -> new Target(row.getInt(1), row.getInt(2), sync, account));
          if (known.isPresent()) {
            return known.get();
          }
          int accountId = accountId(connection, account.name());
          int syncId =
              (int)
                  Query.of(
                          connection,
                          "INSERT INTO sync (account_id, name) VALUES (:account, :name)"
                              + " ON CONFLICT (account_id, name) DO UPDATE SET name = excluded.name"
                              + " RETURNING sync_id")
                      .bind("account", accountId)
                      .bind("name", sync.name())
                      .number();
          return new Target(accountId, syncId, sync, account);
        });
  }

  private static int accountId(Connection connection, String name) throws SQLException {
    return (int)
        Query.of(
                connection,
                "INSERT INTO account (name) VALUES (:name)"
                    + " ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING account_id")
            .bind("name", name)
            .number();
  }

  /** A run that is never begun, to look ahead with; nothing is written under it. */
  public Run imagined(Target target, Scope scope) {
    return new Run(0, target, Job.CONTACTS, scope, clock.instant(), fence -> {}, Progress.NONE);
  }

  /**
   * Within which the provider may be asked beside all runs: nobody counts it, nothing is written.
   */
  public Run look(Target target) {
    Run.Fence fence =
        connection -> {
          throw new IllegalStateException("a look writes nothing");
        };
    return new Run(
        0,
        target,
        Job.ACTIVITIES,
        new Scope(null, null, true),
        clock.instant(),
        fence,
        Progress.NONE);
  }

  /** Begins a run; runs of the same sync that never ended were interrupted, and are marked so. */
  public Run begin(Target target, Job job, Scope scope, Run.Fence fence, Progress progress) {
    Instant now = clock.instant();
    long id =
        store.transaction(
            connection -> {
              fence.check(connection);
              Query.of(
                      connection,
                      "UPDATE run SET state = 'failed', finished_at = :now,"
                          + " error = 'the process ended during this run; the next run went on'"
                          + " WHERE account_id = :account AND sync_id = :sync"
                          + " AND state = 'running'")
                  .bind("account", target.accountId())
                  .bind("sync", target.syncId())
                  .bind("now", now)
                  .update();
              Query.of(
                      connection,
                      "DELETE FROM run_progress p USING run r"
                          + " WHERE r.run_id = p.run_id AND r.state <> 'running'")
                  .update();
              return Query.of(
                      connection,
                      "INSERT INTO run (account_id, sync_id, job, state, started_at, whole, undoes)"
                          + " VALUES (:account, :sync, :job, 'running', :now, :whole, :undoes)"
                          + " RETURNING run_id")
                  .bind("account", target.accountId())
                  .bind("sync", target.syncId())
                  .bind("job", job.word())
                  .bind("now", now)
                  .bind("whole", scope.equals(Scope.ALL) && job != Job.ACTIVITIES)
                  .bind("undoes", scope.undoes())
                  .number();
            });
    progress.begun(id);
    return new Run(
        id, target, job, scope, now, fence, new NotedProgress(store, clock, id, progress));
  }

  /** How far a run under way has come; empty before its first step and once it has ended. */
  public Optional<RunProgress> progress(long run) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT p.run_id, p.phase, p.done, p.todo, p.since, p.at FROM run_progress p"
                        + " JOIN run r USING (run_id) WHERE run_id = :run AND r.state = 'running'")
                .bind("run", run)
                .first(
                    row ->
                        new RunProgress(
                            row.getLong("run_id"),
                            row.getString("phase"),
                            row.getLong("done"),
                            row.getLong("todo"),
                            row.getTimestamp("since").toInstant(),
                            row.getTimestamp("at").toInstant())));
  }

  /** Ends a run in its state; an error makes it failed. */
  public Record finish(Run run, @Nullable String error) {
    RunState state = error == null ? run.outcome() : RunState.FAILED;
    run.counts().requests = run.requests();
    store.run(
        connection -> {
          Query.of(
                  connection,
                  "UPDATE run SET state = :state, finished_at = :now, error = :error,"
                      + " held_reason = :held, counts = :counts::jsonb WHERE run_id = :run")
              .bind("run", run.id())
              .bind("state", state.word())
              .bind("now", clock.instant())
              .bind("error", error == null ? run.parked() : error)
              .bind("held", run.held())
              .bind("counts", json(run.counts()))
              .update();
          Query.of(connection, "DELETE FROM run_progress WHERE run_id = :run")
              .bind("run", run.id())
              .update();
        });
    return find(run.id()).orElseThrow();
  }

  /** What became of the changes of a run that has ended. */
  public Outcomes outcomes(Run run, RunState state) {
    return store.transaction(
        connection ->
            new Outcomes(
                run.counts(),
                Query.named(connection, "run/outcomes")
                    .bind("account", run.account())
                    .bind("run", run.id())
                    .bind("whole", state.applied())
                    .list(
                        row ->
                            new Outcomes.Share(
                                row.getString("action"),
                                row.getString("outcome"),
                                row.getLong("changes")))));
  }

  /** Forgets the details of runs that ended long ago. */
  public void purge(Run run) {
    store.run(
        connection -> {
          for (String step : List.of("purge_dispatch", "purge_changes", "purge_fields")) {
            Query.named(connection, "run/" + step)
                .bind("account", run.account())
                .bind("now", clock.instant())
                .update();
          }
        });
  }

  public Optional<Record> find(long id) {
    return store.transaction(
        connection ->
            Query.of(connection, SELECT + " WHERE r.run_id = :run")
                .bind("run", id)
                .first(Runs::read));
  }

  /** The runs that are under way, of one sync or of all, the oldest first. */
  public List<Record> underWay(@Nullable String sync) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE r.state = 'running' AND (:sync::text IS NULL OR s.name = :sync)"
                        + " ORDER BY r.run_id")
                .bind("sync", sync)
                .list(Runs::read));
  }

  /** The newest run of a sync's job, whatever its state. */
  public Optional<Record> latest(String sync, Job job) {
    return latest(sync, job, "");
  }

  /** The newest that is neither a dry run nor one of a single group or member. */
  public Optional<Record> latestWhole(String sync, Job job) {
    return latest(sync, job, " AND r.whole");
  }

  private Optional<Record> latest(String sync, Job job, String only) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE s.name = :sync AND r.job = :job"
                        + only
                        + " ORDER BY r.run_id DESC LIMIT 1")
                .bind("sync", sync)
                .bind("job", job.word())
                .first(Runs::read));
  }

  /** When a run of any sync of an account last ended well. */
  public Optional<Instant> lastSuccess(String account) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT r.finished_at FROM run r"
                        + " JOIN account a ON a.account_id = r.account_id"
                        + " WHERE a.name = :account"
                        + " AND r.state IN ('completed', 'partial', 'held')"
                        + " ORDER BY r.run_id DESC LIMIT 1")
                .bind("account", account)
                .first(row -> row.getTimestamp("finished_at").toInstant()));
  }

  /** The last so many runs of a whole sync, the newest first; dry runs and parts do not count. */
  public List<Record> last(String sync, int count) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE s.name = :sync AND r.whole ORDER BY r.run_id DESC LIMIT :count")
                .bind("sync", sync)
                .bind("count", count)
                .list(Runs::read));
  }

  /**
   * Notes a person's word about a held run. Where two people have to approve, names that differ in
   * case only are one person's.
   *
   * @param decision {@code approved} or {@code rejected}
   */
  public Decided decide(long run, String decision, String who) {
    return store.transaction(
        connection -> {
          Optional<Record> held =
              Query.of(connection, SELECT + " WHERE r.run_id = :run FOR UPDATE OF r")
                  .bind("run", run)
                  .first(Runs::read)
                  .filter(found -> found.state() == RunState.HELD && found.decision() == null);
          if (held.isEmpty()) {
            return Decided.TOO_LATE;
          }
          String first = held.get().firstApproval();
          if (decision.equals("approved") && secondPerson.test(held.get().sync())) {
            if (first == null) {
              Query.of(connection, "UPDATE run SET first_approval = :who WHERE run_id = :run")
                  .bind("who", who)
                  .bind("run", run)
                  .update();
              return Decided.FIRST;
            }
            if (first.strip().equalsIgnoreCase(who.strip())) {
              return Decided.SAME_PERSON;
            }
          }
          Query.of(
                  connection,
                  "UPDATE run SET decision = :decision, decided_at = :now, decided_by = :who"
                      + " WHERE run_id = :run")
              .bind("run", run)
              .bind("decision", decision)
              .bind("now", clock.instant())
              .bind("who", who)
              .update();
          return Decided.DONE;
        });
  }

  /** Whether two different people have to approve a held plan of this sync. */
  public boolean needsSecondPerson(String sync) {
    return secondPerson.test(sync);
  }

  /**
   * Which runs are wanted.
   *
   * @param job absent for all, as are the others
   */
  public record Wanted(@Nullable String sync, @Nullable String job, @Nullable String state) {}

  /**
   * So many runs, the newest first.
   *
   * @param before only runs with a smaller number; {@link Long#MAX_VALUE} begins at the newest
   */
  public List<Record> page(Wanted wanted, long before, int atMost) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE r.run_id < :before AND (:sync::text IS NULL OR s.name = :sync)"
                        + " AND (:job::text IS NULL OR r.job = :job)"
                        + " AND (:state::text IS NULL OR r.state = :state)"
                        + " ORDER BY r.run_id DESC LIMIT :most")
                .bind("before", before)
                .bind("sync", wanted.sync())
                .bind("job", wanted.job())
                .bind("state", wanted.state())
                .bind("most", atMost)
                .list(Runs::read));
  }

  /**
   * Which runs a person wants to see.
   *
   * @param sync of this sync, or all when absent
   * @param state in this state, or all when absent
   */
  public record Filter(@Nullable String sync, @Nullable RunState state) {}

  /**
   * Runs, the newest first.
   *
   * @param before only runs with a smaller number; {@link Long#MAX_VALUE} begins at the newest
   */
  public List<Record> page(Filter filter, long before, int atMost) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE r.run_id < :before AND (:sync::text IS NULL OR s.name = :sync)"
                        + " AND (:state::text IS NULL OR r.state = :state)"
                        + " ORDER BY r.run_id DESC LIMIT :most")
                .bind("before", before)
                .bind("sync", filter.sync())
                .bind("state", filter.state() == null ? null : filter.state().word())
                .bind("most", atMost)
                .list(Runs::read));
  }

  /**
   * Held plans that wait for somebody, the oldest first: nobody has decided, and no later run has
   * made another plan.
   */
  public List<Record> waiting() {
    return store.transaction(
        connection ->
            Query.of(connection, SELECT + WAITING + " ORDER BY r.run_id").list(Runs::read));
  }

  /** Whether a decision about the run still means something. */
  public boolean isWaiting(long run) {
    return store.transaction(
        connection ->
            Query.of(connection, SELECT + WAITING + " AND r.run_id = :run")
                .bind("run", run)
                .first(row -> true)
                .isPresent());
  }

  /** The newest run that took another one back, or planned to. */
  public Optional<Record> reversal(long undone) {
    return store.transaction(
        connection ->
            Query.of(
                    connection, SELECT + " WHERE r.undoes = :undone ORDER BY r.run_id DESC LIMIT 1")
                .bind("undone", undone)
                .first(Runs::read));
  }

  /** Why a run cannot be undone, in a sentence with what would be right; empty when it can. */
  public static Optional<String> whyNotUndone(Record run) {
    if (!run.job().equals(Job.CONTACTS.word())) {
      return Optional.of(
          "run %d is a run of the %s job; only contacts runs can be undone"
              .formatted(run.id(), run.job()));
    }
    return run.state() == RunState.PLANNED || run.state() == RunState.RUNNING
        ? Optional.of(
            "run %d is %s; there is nothing to undo".formatted(run.id(), run.state().word()))
        : Optional.empty();
  }

  /** An undo waits by itself; any other plan until a later run of the whole sync. */
  private static final String WAITING =
      " WHERE r.state = 'held' AND r.decision IS NULL AND (r.whole OR r.undoes IS NOT NULL)"
          + " AND NOT EXISTS (SELECT FROM run n WHERE n.account_id = r.account_id"
          + " AND n.sync_id = r.sync_id AND n.run_id > r.run_id AND n.job = r.job"
          + " AND (n.whole OR n.undoes IS NOT NULL)"
          + " AND n.state IN ('completed', 'partial', 'held'))";

  private static final String SELECT =
      "SELECT r.run_id, s.name, r.job, r.state, r.started_at, r.finished_at, r.error,"
          + " r.held_reason, r.removal_digest, r.decision, r.decided_by, r.first_approval,"
          + " r.undoes, r.forecast, coalesce(r.counts::text, '{}') AS counts"
          + " FROM run r JOIN sync s ON s.account_id = r.account_id AND s.sync_id = r.sync_id";

  private static Record read(ResultSet row) throws SQLException {
    return new Record(
        row.getLong("run_id"),
        row.getString("name"),
        row.getString("job"),
        RunState.of(row.getString("state")),
        row.getTimestamp("started_at").toInstant(),
        Query.instant(row, "finished_at"),
        row.getString("error"),
        row.getString("held_reason"),
        row.getString("removal_digest"),
        row.getString("decision"),
        row.getString("decided_by"),
        row.getString("first_approval"),
        row.getObject("undoes", Long.class),
        row.getString("forecast"),
        row.getString("counts"));
  }

  private static String json(Counts counts) {
    try {
      return JSON.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
