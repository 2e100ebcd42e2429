package org.rollcall.api;

import java.util.List;
import java.util.Map;
import org.rollcall.hub.Hub;
import org.rollcall.route.Replays;
import org.rollcall.route.Syncs;
import org.rollcall.run.DeadLetters.Kept;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.user.Audit;
import org.rollcall.web.Reply;

/** What can be started, and how the answer to it looks. */
final class Starting {
  private final Hub hub;
  private final Syncs syncs;
  private final Orders orders;

  Starting(Hub hub, Syncs syncs, Orders orders) {
    this.hub = hub;
    this.syncs = syncs;
    this.orders = orders;
  }

  Orders orders() {
    return orders;
  }

  /** Runs jobs of a sync, as the command {@code sync} does. */
  Reply jobs(Request request, String sync, List<Job> jobs, Scope scope, boolean reconcile) {
    String what =
        String.join(", ", jobs.stream().map(Job::word).toList())
            + (scope.group() == null ? "" : " of group " + scope.group())
            + (scope.member() == null ? "" : " of member " + scope.member())
            + (scope.dryRun() ? ", dry run" : "")
            + (reconcile ? ", reading everything back" : "");
    return placed(
        request,
        sync,
        what,
        progress ->
            reconcile
                ? syncs.reconcile(sync, jobs, scope, progress)
                : syncs.run(sync, jobs, scope, progress));
  }

  /** Runs the contacts job for what was decided just now. */
  Reply anew(Request request, String sync, String what) {
    return placed(
        request, sync, what, progress -> syncs.runAnew(sync, List.of(Job.CONTACTS), progress));
  }

  Reply undo(Request request, Runs.Record undone, boolean dryRun) {
    return placed(
        request,
        undone.sync(),
        "undo of run " + undone.id() + (dryRun ? ", dry run" : ""),
        progress -> syncs.undo(undone.sync(), undone.id(), dryRun, progress));
  }

  /** Runs what a replayed dead letter needs. */
  Reply replay(Request request, Kept letter, Replays.Order order) {
    return placed(
        request,
        letter.sync(),
        "replay of dead letter " + letter.id(),
        progress -> hub.replays().run(order, syncs, progress));
  }

  /** Lets something that was decided run; a person's decision has no key of its own. */
  private Reply placed(Request request, String sync, String what, Orders.Work work) {
    String key = request.visit().header("Idempotency-Key").orElse(null);
    if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Wrong.unreadable(
          "The Idempotency-Key is not 1 to 255 printable characters", "Use a random UUID.");
    }
    Orders.Wish wish = new Orders.Wish(sync, what, request.by(), request.visit().token().id(), key);
    Orders.Placed placed =
        orders.place(wish, progress -> noted(request, sync, what, work, progress));
    if (placed instanceof Orders.Placed.Taken taken) {
      return new Reply.With(
          Map.of("Location", Doors.ROOT + "/orders/" + taken.order().order()),
          Answers.json(202, taken.order()));
    }
    if (placed instanceof Orders.Placed.Otherwise otherwise) {
      throw Wrong.input(
          "Under this Idempotency-Key something else was asked for before (order "
              + otherwise.before().order()
              + ")",
          "Use a fresh key for each thing that is asked for.");
    }
    return new Reply.With(
        Map.of("Retry-After", "60"),
        new Reply.Refusal(503, "So much is waiting that no more is taken", "Ask again later."));
  }

  private List<Runs.Record> noted(
      Request request, String sync, String what, Orders.Work work, Progress progress) {
    hub.audit().note(Audit.Through.API, request.by(), "started a run", sync, what);
    return work.run(progress);
  }
}
