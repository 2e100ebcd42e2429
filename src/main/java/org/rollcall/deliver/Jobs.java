package org.rollcall.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.Sleeper;
import org.rollcall.provider.JobReport;
import org.rollcall.provider.Provider;
import org.rollcall.run.Run;
import org.rollcall.run.Stop;
import org.rollcall.run.Stop.Stopped;

/** Follows the provider's bulk jobs to their end. */
final class Jobs {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
  private static final Duration CLOCK_DOUBT = Duration.ofMinutes(5);

  private final Clock clock;
  private final Sleeper sleeper;

  Jobs(Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * Asks until the job has ended, or has outlived its deadline: it is given as running then, and
   * what it has done so far is found by reading. A job the provider has forgotten counts as ended.
   *
   * @param since from when on the deadline counts
   */
  JobReport follow(Run run, Provider provider, String jobId, Instant since) {
    Instant deadline = since.plus(run.target().account().jobDeadline());
    Duration wait = run.target().account().pollInterval();
    while (true) {
      JobReport report = ask(provider, jobId);
      if (report.state() != JobReport.State.RUNNING || clock.instant().isAfter(deadline)) {
        return report;
      }
      run.stopIfAskedAtOnce();
      sleep(wait);
      wait = longer(wait);
    }
  }

  private static JobReport ask(Provider provider, String jobId) {
    try {
      return provider.followJob(jobId);
    } catch (ProviderException e) {
      if (e.verdict() == ProviderException.Verdict.NOT_FOUND) {
        return new JobReport(
            jobId,
            JobReport.State.BROKEN,
            null,
            false,
            0,
            Map.of(),
            List.of("the provider no longer knows this job"),
            0);
      }
      throw e;
    }
  }

  /**
   * Finds the job of a call whose answer never came: one we do not know, begun after the call was
   * intended, with as many contacts.
   */
  Optional<JobReport> unheardOf(Provider provider, Batch batch, List<String> known) {
    Set<String> ours = new HashSet<>(known);
    Instant earliest = batch.intendedAt().minus(CLOCK_DOUBT);
    return provider.recentJobs().stream()
        .filter(job -> !ours.contains(job.id()))
        .filter(job -> job.createdAt() == null || job.createdAt().isAfter(earliest))
        .filter(job -> job.imports() == (batch.kind() == Batch.Kind.IMPORT))
        .filter(job -> job.items() == batch.size())
        .reduce((newer, older) -> older);
  }

  void sleep(Duration wait) {
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      throw new Stopped(new Stop.Reason("stopped while waiting for the provider", true));
    }
  }

  static Duration longer(Duration wait) {
    Duration next = wait.multipliedBy(3).dividedBy(2);
    return next.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : next;
  }
}
