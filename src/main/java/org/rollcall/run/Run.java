package org.rollcall.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One execution of a job: the body of every exchange on the job's route. */
public final class Run {
  private final long id;
  private final Target target;
  private final Job job;
  private final Scope scope;
  private final Instant startedAt;
  private final Fence fence;
  private final Progress progress;
  private final Counts counts = new Counts();
  private final AtomicLong requests = new AtomicLong();
  private Stop stop = Stop.NEVER;
  private @Nullable Reconciling reconciling;
  private @Nullable String held;
  private @Nullable String parked;
  private @Nullable String doubt;

  Run(
      long id,
      Target target,
      Job job,
      Scope scope,
      Instant startedAt,
      Fence fence,
      Progress progress) {
    this.id = id;
    this.target = target;
    this.job = job;
    this.scope = scope;
    this.startedAt = startedAt;
    this.fence = fence;
    this.progress = progress;
  }

  /** Refuses, inside the caller's transaction, when this run no longer owns its sync. */
  public interface Fence {
    void check(Connection connection) throws SQLException;
  }

  public long id() {
    return id;
  }

  public Target target() {
    return target;
  }

  public int account() {
    return target.accountId();
  }

  public int sync() {
    return target.syncId();
  }

  public Job job() {
    return job;
  }

  public Scope scope() {
    return scope;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public Counts counts() {
    return counts;
  }

  public Progress progress() {
    return progress;
  }

  public void fence(Connection connection) throws SQLException {
    fence.check(connection);
  }

  /** Counts one provider call. */
  public void countRequest() {
    requests.incrementAndGet();
  }

  public long requests() {
    return requests.get();
  }

  /** The guard's sentence when removals wait for a person. */
  public void hold(String why) {
    held = why;
  }

  public @Nullable String held() {
    return held;
  }

  /** Why the rest of the plan waits: a spent quota, the end of the window, a stop. */
  public void park(String why) {
    if (parked == null) {
      parked = why;
    }
  }

  /**
   * What is left to do beside the plan; it keeps the run from being complete, and from nothing
   * else.
   */
  public void leave(String what) {
    parked = parked == null ? what : parked + "; " + what;
  }

  /** What the run could not be sure of. It keeps nothing back, and the run is not complete. */
  public void doubt(String what) {
    doubt = what;
  }

  public @Nullable String doubt() {
    return doubt;
  }

  /** Lets the run read everything back; to be called before its first step. */
  public void reconcile(@Nullable Reconciling why) {
    reconciling = why;
  }

  /** Null when the run reads only what changed. */
  public @Nullable Reconciling reconciling() {
    return reconciling;
  }

  /** Whether nothing is to be changed at the provider, whatever is planned. */
  public boolean looksOnly() {
    return scope.dryRun() || reconciling != null && reconciling.putBack();
  }

  /** Whom this run asks whether to go on. */
  public void stopWhen(Stop asked) {
    stop = asked;
  }

  /** Null as long as the run may go on. */
  public Stop.@Nullable Reason stopReason() {
    return stop.reason();
  }

  /**
   * To be called before anything new is begun.
   *
   * @throws Stop.Stopped when the run should go no further
   */
  public void stopIfAsked() {
    Stop.Reason reason = stop.reason();
    if (reason != null) {
      throw new Stop.Stopped(reason);
    }
  }

  /**
   * To be called while something begun is finished.
   *
   * @throws Stop.Stopped when not even that may be waited for
   */
  public void stopIfAskedAtOnce() {
    Stop.Reason reason = stop.reason();
    if (reason != null && reason.atOnce()) {
      throw new Stop.Stopped(reason);
    }
  }

  public @Nullable String parked() {
    return parked;
  }

  /** The state the run ends in when nothing was thrown. */
  public RunState outcome() {
    if (scope.dryRun()) {
      return RunState.PLANNED;
    }
    if (held != null) {
      return RunState.HELD;
    }
    return parked != null || counts.failed > 0 ? RunState.PARTIAL : RunState.COMPLETED;
  }
}
