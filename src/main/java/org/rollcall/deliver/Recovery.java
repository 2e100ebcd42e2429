package org.rollcall.deliver;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.rollcall.pace.Sleeper;
import org.rollcall.provider.JobReport;
import org.rollcall.provider.Provider;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Finishes what an interrupted run began: jobs it started are followed to their end, calls without
 * a known answer are looked for, so that nothing older is still under way when newer data is sent.
 */
public final class Recovery {
  private final Store store;
  private final Clock clock;
  private final Batches batches;
  private final Jobs jobs;

  public Recovery(Store store, Clock clock, Sleeper sleeper) {
    this.store = store;
    this.clock = clock;
    this.batches = new Batches(store, clock);
    this.jobs = new Jobs(sleeper);
  }

  /**
   * @return the interrupted run whose deliveries the next reading settles
   */
  public OptionalLong recover(Run run, Provider provider) {
    OptionalLong unsettled = unsettled(run);
    List<Batches.Open> open = batches.open(run);
    if (!open.isEmpty()) {
      run.progress().step("finishing what an interrupted run began");
    }
    for (Batches.Open batch : open) {
      Optional<String> state = ended(run, provider, batch);
      if (state.isPresent()) {
        batches.ended(run, batch.batch().id(), state.get(), "settled after an interruption");
        if (unsettled.isEmpty() || batch.run() != unsettled.getAsLong()) {
          doubt(run, batch);
        }
      }
    }
    if (unsettled.isPresent()) {
      store.run(
          connection ->
              Query.named(connection, "verify/not_sent")
                  .bind("account", run.account())
                  .bind("run", unsettled.getAsLong())
                  .update());
    }
    return unsettled;
  }

  /** Notes that the reading of an interrupted run's deliveries came to its end. */
  public void settled(Run run, OptionalLong interrupted) {
    interrupted.ifPresent(id -> batches.settled(run.account(), id));
  }

  /**
   * The newest run that sent something, when it ended before it had read back what became of it.
   */
  private OptionalLong unsettled(Run run) {
    return store
        .transaction(
            connection ->
                Query.named(connection, "deliver/unsettled")
                    .bind("account", run.account())
                    .bind("run", run.id())
                    .first(row -> row.getLong(1)))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** How a batch ended; empty while its job outlives the deadline and is still running. */
  private Optional<String> ended(Run run, Provider provider, Batches.Open open) {
    if (open.batch().kind() == Batch.Kind.MOVE || open.batch().kind() == Batch.Kind.SINGLE) {
      // The reading that follows shows what the contact has become.
      return Optional.of("lost");
    }
    Optional<String> jobId =
        Optional.ofNullable(open.jobId()).or(() -> found(run, provider, open.batch()));
    if (jobId.isEmpty()) {
      return Optional.of("lost");
    }
    JobReport report = jobs.follow(run, provider, jobId.get(), age(open.batch()));
    if (report.state() == JobReport.State.RUNNING) {
      return Optional.empty();
    }
    boolean whole = report.state() == JobReport.State.DONE && report.rowErrors().isEmpty();
    return Optional.of(whole ? "done" : "lost");
  }

  /** Never negative, in case the host's clock was put back since. */
  private Duration age(Batch batch) {
    Duration age = Duration.between(batch.intendedAt(), clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private Optional<String> found(Run run, Provider provider, Batch batch) {
    Optional<String> jobId =
        jobs.unheardOf(provider, batch, batches.jobIds(run)).map(JobReport::id);
    jobId.ifPresent(id -> batches.accepted(run, batch, id));
    return jobId;
  }

  /** A job that ended late may have put older fields over newer ones: they are sent again. */
  private void doubt(Run run, Batches.Open late) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.named(connection, "deliver/doubt")
              .bind("account", run.account())
              .bind("run", late.run())
              .bind("from", late.batch().fromOrd())
              .bind("to", late.batch().toOrd())
              .update();
          Query.of(
                  connection,
                  "UPDATE account SET version = version + 1 WHERE account_id = :account")
              .bind("account", run.account())
              .update();
        });
  }
}
