package org.rollcall.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.plan.PlanView;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.verify.Drift;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** One run: how it went, what its plan is, and what a person says about it. */
public final class RunPage {
  private static final int PAGE = 50;

  private final Hub hub;
  private final Orders orders;

  RunPage(Hub hub, Orders orders) {
    this.hub = hub;
    this.orders = orders;
  }

  /**
   * How far a run has come.
   *
   * @param percent of its present step; absent while nobody knows how much that is
   * @param done what it is doing, and how much of it is done
   * @param left in words, absent while it cannot be told
   */
  public record Going(@Nullable Integer percent, String done, @Nullable String left) {}

  /** The part of the page that changes while the run is under way. */
  public record State(Runs.Record run, @Nullable Going going) {}

  /**
   * A part of the plan, of one kind of change or all.
   *
   * @param applied whether what nothing kept back has been done
   */
  public record Plan(
      long run, boolean applied, String change, PlanView.Page page, boolean further) {
    public List<String> changes() {
      return PlanView.CHANGES;
    }
  }

  /** What a reversal leaves as it is. */
  public record Left(List<PlanView.Left> reasons) {}

  /** How many differences of a kind a reading of everything found, and put right. */
  public record Found(Drift.Kind kind, Drift.Count count) {}

  /**
   * What the page shows.
   *
   * @param waiting a person's word about it still means something
   * @param secondPerson two people have to approve
   * @param ownFirst this person was the first of them
   * @param undoable it can be taken back
   */
  public record View(
      State state,
      long read,
      long members,
      long eligible,
      long notApplicable,
      long requests,
      List<Figures.Figure> figures,
      Figures.@Nullable Cost cost,
      boolean waiting,
      boolean secondPerson,
      boolean ownFirst,
      boolean undoable,
      List<Found> drift,
      @Nullable Plan plan) {
    public Runs.Record run() {
      return state.run();
    }
  }

  /** Differences that a reading of everything found. */
  public record Differences(
      Runs.Record run,
      Drift.@Nullable Kind kind,
      List<Drift.Entry> entries,
      List<Found> found,
      @Nullable String next) {}

  void mount(Site site) {
    site.get("/runs/:run", Role.VIEWER, visit -> withRun(visit, run -> show(visit, run)));
    site.get("/runs/:run/state", Role.VIEWER, visit -> withRun(visit, this::state));
    site.post("/runs/:run/plan", Role.VIEWER, visit -> withRun(visit, run -> plan(visit, run)));
    site.get("/runs/:run/drift", Role.VIEWER, visit -> withRun(visit, run -> drift(visit, run)));
    site.post(
        "/runs/:run/decision", Role.OPERATOR, visit -> withRun(visit, run -> decide(visit, run)));
    site.get("/runs/:run/left", Role.VIEWER, visit -> withRun(visit, this::left));
  }

  private Reply withRun(Visit visit, Function<Runs.Record, Reply> then) {
    return of(hub, visit, then);
  }

  /** What to say about the run that the path names, or that there is none. */
  static Reply of(Hub hub, Visit visit, Function<Runs.Record, Reply> then) {
    return Optional.of(RunsPage.number(Optional.of(visit.path("run")), -1))
        .flatMap(hub.runs()::find)
        .map(then)
        .orElseGet(() -> Reply.missing("There is no such run", "Look at the list of runs."));
  }

  private Reply show(Visit visit, Runs.Record run) {
    JsonNode counts = Figures.parsed(run.counts());
    boolean planned = !run.job().equals(Job.LISTS.word()) && !run.job().equals("activities");
    String first = run.firstApproval();
    return Reply.page(
        "runs/one",
        new View(
            stateOf(run),
            counts.path("read").asLong(),
            counts.path("members").asLong(),
            counts.path("eligible").asLong(),
            counts.path("notApplicable").asLong(),
            counts.path("requests").asLong(),
            Figures.of(run),
            Figures.cost(run),
            run.state() == RunState.HELD && hub.runs().isWaiting(run.id()),
            hub.runs().needsSecondPerson(run.sync()),
            first != null && first.equalsIgnoreCase(visit.visitor().name()),
            Runs.whyNotUndone(run).isEmpty() && hub.settings().syncs().containsKey(run.sync()),
            found(run),
            planned ? firstOf(hub, run) : null));
  }

  /** A part of the page that comes after it: every change of the run taken back is looked at. */
  private Reply left(Runs.Record run) {
    Long undone = run.undoes();
    return undone == null
        ? Reply.missing("This run takes nothing back", "Look at the run itself.")
        : Reply.page("runs/left", new Left(hub.plans().left(run.id(), undone)));
  }

  private List<Found> found(Runs.Record run) {
    return hub.drift().counts(run.id()).entrySet().stream()
        .filter(entry -> entry.getValue().found() > 0)
        .map(entry -> new Found(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Reply state(Runs.Record run) {
    // once it has ended, the whole page is another one
    return run.state() == RunState.RUNNING
        ? Reply.page("runs/state", stateOf(run))
        : Reply.see("/runs/" + run.id());
  }

  private State stateOf(Runs.Record run) {
    return new State(run, run.state() == RunState.RUNNING ? going(run) : null);
  }

  private Going going(Runs.Record run) {
    return hub.runs()
        .progress(run.id())
        .map(
            progress ->
                new Going(
                    progress.percent().orElse(null),
                    progress.todo() > 0
                        ? "%s: %,d of %,d"
                            .formatted(progress.phase(), progress.done(), progress.todo())
                        : progress.phase(),
                    progress.left().map(Words::about).orElse(null)))
        .orElse(new Going(null, "It has begun.", null));
  }

  private Reply plan(Visit visit, Runs.Record run) {
    String change = visit.form("change").filter(PlanView.CHANGES::contains).orElse("");
    PlanView.Mark after =
        visit
            .form("after-address")
            .map(address -> new PlanView.Mark(visit.form("after-action").orElse(""), address))
            .orElse(PlanView.Mark.START);
    PlanView.Page page = hub.plans().page(run.id(), change.isEmpty() ? null : change, after, PAGE);
    return Reply.page(
        visit.partial() ? "runs/changes" : "runs/plan",
        new Plan(
            run.id(), run.state().applied(), change, page, !after.equals(PlanView.Mark.START)));
  }

  private Reply drift(Visit visit, Runs.Record run) {
    Optional<Drift.Kind> kind =
        visit
            .query("kind")
            .flatMap(
                word ->
                    Arrays.stream(Drift.Kind.values())
                        .filter(one -> one.word().equals(word))
                        .findFirst());
    List<Drift.Numbered> page =
        hub.drift()
            .page(run.id(), kind.orElse(null), RunsPage.number(visit.query("after"), 0), PAGE + 1);
    boolean more = page.size() > PAGE;
    String next =
        "/runs/%d/drift?%safter="
            .formatted(run.id(), kind.map(one -> "kind=" + one.word() + "&").orElse(""));
    return Reply.page(
        "runs/drift",
        new Differences(
            run,
            kind.orElse(null),
            page.stream().limit(PAGE).map(Drift.Numbered::entry).toList(),
            found(run),
            more ? next + page.get(PAGE - 1).number() : null));
  }

  private Reply decide(Visit visit, Runs.Record run) {
    String decision = visit.form("decision").orElse("");
    if (!decision.equals("approved") && !decision.equals("rejected")) {
      return Reply.wrong("Approve or reject?", "Go back and choose one of the two.");
    }
    if (!hub.settings().syncs().containsKey(run.sync())) {
      return Reply.wrong(
          "This sync is no longer in the settings", "Put it back, or retire it by command.");
    }
    String by = visit.visitor().name();
    return switch (hub.runs().decide(run.id(), decision, by)) {
      case DONE -> decided(visit, run, decision);
      case FIRST -> {
        note(visit, "approved a plan as the first of two", run);
        visit.tell("Your approval is noted. Somebody else has to approve, too.");
        yield Reply.see("/runs/" + run.id());
      }
      case SAME_PERSON ->
          Reply.wrong(
              "You have approved this plan already",
              "Two people have to approve it: ask somebody else.");
      case TOO_LATE ->
          Reply.wrong(
              "There is nothing to decide any more",
              "Somebody was quicker, or the run was never held. Look at the run again.");
    };
  }

  private Reply decided(Visit visit, Runs.Record run, String decision) {
    note(visit, decision + " a plan", run);
    if (decision.equals("rejected")) {
      visit.tell("The plan was rejected. Nobody is removed; the next run is held anew if need be.");
      return Reply.see("/runs/" + run.id());
    }
    orders.place(Asker.console(visit.visitor().name()), Wish.approved(run));
    visit.tell("The plan was approved, and the sync runs again to carry it out.");
    return Reply.see("/runs?soon=yes");
  }

  /** The beginning of a run's plan. */
  static Plan firstOf(Hub hub, Runs.Record run) {
    PlanView.Page page = hub.plans().page(run.id(), null, PlanView.Mark.START, PAGE);
    return new Plan(run.id(), run.state().applied(), "", page, false);
  }

  private void note(Visit visit, String what, Runs.Record run) {
    hub.audit()
        .note(Audit.Through.CONSOLE, visit.visitor().name(), what, run.sync(), "run " + run.id());
  }
}
