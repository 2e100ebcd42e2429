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
    if (open.isEmpty()) {
      return OptionalLong.empty();
    }
    run.progress().step("finishing what an interrupted run began");
    for (Batches.Open batch : open) {
      String state = ended(run, provider, batch);
      batches.ended(run, batch.batch().id(), state, "settled after an interruption");
    }
    long interrupted = open.get(open.size() - 1).run();
    store.run(
        connection ->
            Query.named(connection, "verify/not_sent")
                .bind("account", run.account())
                .bind("run", interrupted)
                .update());
    return OptionalLong.of(interrupted);
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
