package org.rollcall.demand;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/**
 * What is to be run.
 *
 * @param what in words that are the same for the same wish, and for no other
 * @param decided a person's decision stands already, and this carries it out: there is always room
 */
public record Wish(String sync, String what, boolean decided, Work work) {
  /** Does it. */
  @FunctionalInterface
  public interface Work {
    List<Runs.Record> run(Syncs syncs, Progress progress);
  }

  /** Lists and contacts of a sync, or of a part of it. */
  public static Wish sync(String sync, Scope scope) {
    return jobs(sync, Job.OF_A_SYNC, scope, false);
  }

  /**
   * Jobs of a sync, as the command {@code sync} runs them.
   *
   * @param reconcile everything is read back
   */
  public static Wish jobs(String sync, List<Job> jobs, Scope scope, boolean reconcile) {
    String what =
        jobs.stream().map(Job::word).collect(Collectors.joining(", "))
            + (scope.group() == null ? "" : " of group " + scope.group())
            + (scope.member() == null ? "" : " of member " + scope.member())
            + (scope.dryRun() ? ", dry run" : "")
            + (reconcile ? ", reading everything back" : "");
    return new Wish(
        sync,
        what,
        false,
        (syncs, progress) ->
            reconcile
                ? syncs.reconcile(sync, jobs, scope, progress)
                : syncs.run(sync, jobs, scope, progress));
  }

  /** What a held run waited for, now that it is approved. */
  public static Wish approved(Runs.Record held) {
    Long undone = held.undoes();
    return undone == null
        ? new Wish(
            held.sync(),
            "contacts, as run " + held.id() + " is approved",
            true,
            (syncs, progress) -> syncs.runAnew(held.sync(), List.of(Job.CONTACTS), progress))
        : undo(held.sync(), undone, false, true);
  }

  /**
   * Dead letters once more.
   *
   * @param letters at least one
   */
  public static Wish replay(String sync, List<Long> letters, Work work) {
    return new Wish(sync, "replay of " + counted(letters), true, work);
  }

  /** Puts so many dead letters away that nobody waits for it. */
  public static Wish dismissal(String sync, List<Long> letters, Runnable work) {
    return new Wish(
        sync,
        "dismissal of " + counted(letters),
        true,
        (syncs, progress) -> {
          work.run();
          return List.of();
        });
  }

  private static String counted(List<Long> letters) {
    return letters.size() == 1
        ? "dead letter " + letters.get(0)
        : "%d dead letters, numbers %d to %d"
            .formatted(letters.size(), Collections.min(letters), Collections.max(letters));
  }

  /** Takes a run back. */
  public static Wish undo(Runs.Record run, boolean dryRun) {
    return undo(run.sync(), run.id(), dryRun, false);
  }

  private static Wish undo(String sync, long run, boolean dryRun, boolean decided) {
    return new Wish(
        sync,
        "undo of run " + run + (dryRun ? ", dry run" : ""),
        decided,
        (syncs, progress) -> syncs.undo(sync, run, dryRun, progress));
  }
}
