package org.rollcall.deliver;

import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Sleeper;
import org.rollcall.provider.JobReport;
import org.rollcall.provider.Provider;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Finishes what an interrupted run began: jobs it started are followed to their end, calls without a
 * known answer are looked for, so that nothing older is still under way when newer data is sent.
 */
public final class Recovery {
  private final Store store;
  private final Batches batches;
  private final Jobs jobs;

  public Recovery(Store store, Clock clock, Sleeper sleeper) {
    this.store = store;
    this.batches = new Batches(store, clock);
    this.jobs = new Jobs(clock, sleeper);
  }

  /**
   * @return the interrupted run whose deliveries the next reading settles
   */
  public OptionalLong recover(Run run, Provider provider) {
    List<Batches.Open> open = batches.open(run);
    if (!open.isEmpty()) {
      run.progress().step("finishing what an interrupted run began");
    }
    for (Batches.Open batch : open) {
      String state = ended(run, provider, batch);
      batches.ended(run, batch.batch().id(), state, "settled after an interruption");
    }
    OptionalLong interrupted = unsettled(run);
    if (interrupted.isPresent()) {
      store.run(
          connection ->
              Query.named(connection, "verify/not_sent")
                  .bind("account", run.account())
                  .bind("run", interrupted.getAsLong())
                  .update());
    }
    return interrupted;
  }

  /** Notes that the reading of an interrupted run's deliveries came to its end. */
  public void settled(Run run, OptionalLong interrupted) {
    interrupted.ifPresent(id -> batches.settled(run.account(), id));
  }

  /** The newest run that sent something, when it ended before it had read back what became of it. */
  private OptionalLong unsettled(Run run) {
    return store
        .transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT r.run_id FROM run r WHERE r.account_id = :account"
                            + " AND r.run_id = (SELECT max(b.run_id) FROM batch b"
                            + " WHERE b.account_id = :account AND b.run_id < :run)"
                            + " AND r.settled_at IS NULL")
                    .bind("account", run.account())
                    .bind("run", run.id())
                    .first(row -> row.getLong(1)))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private String ended(Run run, Provider provider, Batches.Open open) {
    String jobId = open.jobId() == null ? find(run, provider, open.batch()) : open.jobId();
    if (jobId == null) {
      return "lost";
    }
    JobReport report = jobs.follow(run, provider, jobId);
    boolean whole = report.state() == JobReport.State.DONE && report.rowErrors().isEmpty();
    return whole ? "done" : "lost";
  }

  private @Nullable String find(Run run, Provider provider, Batch batch) {
    String jobId =
        jobs.unheardOf(provider, batch, batches.jobIds(run))
            .map(JobReport::id)
            .orElse(null);
    if (jobId != null) {
      batches.accepted(run, batch, jobId);
    }
    return jobId;
  }
}
