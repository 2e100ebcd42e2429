package org.rollcall.deliver;

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

  /**
   * How far the provider's clock and ours may lie apart; more when ours was put right meanwhile.
   */
  private static final List<Duration> CLOCK_DOUBTS =
      List.of(Duration.ofMinutes(5), Duration.ofHours(2));

  private final Sleeper sleeper;

  Jobs(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /**
   * Asks until the job has ended, or has outlived its deadline: it is given as running then, and
   * what it has done so far is found by reading. A job the provider has forgotten counts as ended.
   *
   * @param age of the job; the time from here on is not measured by the host's clock, which may be
   *     put right meanwhile
   */
  JobReport follow(Run run, Provider provider, String jobId, Duration age) {
    long left = run.target().account().jobDeadline().minus(age).toNanos();
    long begun = System.nanoTime();
    Duration wait = run.target().account().pollInterval();
    while (true) {
      JobReport report = ask(provider, jobId);
      if (report.state() != JobReport.State.RUNNING || System.nanoTime() - begun > left) {
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
    List<JobReport> alike =
        provider.recentJobs().stream()
            .filter(job -> !ours.contains(job.id()))
            .filter(job -> job.imports() == (batch.kind() == Batch.Kind.IMPORT))
            .filter(job -> job.items() == batch.size())
            .toList();
    return CLOCK_DOUBTS.stream()
        .flatMap(doubt -> oldest(alike, batch.intendedAt().minus(doubt)).stream())
        .findFirst();
  }

  /** Of jobs in their order, the newest first. */
  private static Optional<JobReport> oldest(List<JobReport> jobs, Instant since) {
    return jobs.stream()
        .filter(job -> job.createdAt() == null || job.createdAt().isAfter(since))
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
