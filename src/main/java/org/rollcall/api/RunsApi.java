package org.rollcall.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.rollcall.account.Vault;
import org.rollcall.contract.Output;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.plan.PlanView;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;

/** Runs with their plans, and what people decide about them. */
final class RunsApi {
  private static final List<String> JOBS = Stream.of(Job.values()).map(Job::word).toList();
  private static final List<String> STATES =
      Stream.of(RunState.values()).map(RunState::word).toList();

  private final Hub hub;
  private final Starting starting;

  RunsApi(Hub hub, Starting starting) {
    this.hub = hub;
    this.starting = starting;
  }

  void mount(Doors doors) {
    doors.ask("/runs", Role.VIEWER, Set.of("sync", "job", "state", "after", "limit"), this::all);
    doors.ask("/runs/:run", Role.VIEWER, Set.of(), request -> Answers.json(shown(run(request))));
    doors.list("/runs/:run/plan", Role.VIEWER, Set.of("after", "limit"), this::plan);
    doors.act("/runs/:run/approve", Role.OPERATOR, Set.of(), this::approve);
    doors.act("/runs/:run/reject", Role.OPERATOR, Set.of(), this::reject);
    doors.act("/runs/:run/undo", Role.OPERATOR, Set.of("dryRun"), this::undo);
    doors.ask("/orders/:order", Role.VIEWER, Set.of(), this::order);
  }

  /** As the command line shows it, with what was decided about it. */
  static JsonNode shown(Runs.Record run) {
    ObjectNode node = (ObjectNode) Output.run(run);
    node.put("decision", run.decision());
    node.put("firstApproval", run.firstApproval());
    node.put("undoes", run.undoes());
    return node;
  }

  private Runs.Record run(Request request) {
    return hub.runs()
        .find(request.number("run"))
        .orElseThrow(
            () ->
                Wrong.missing(
                    "There is no run of this number", "GET " + Doors.ROOT + "/runs lists them."));
  }

  private Reply all(Request request) {
    Runs.Wanted wanted =
        new Runs.Wanted(
            request.query("sync").map(name -> SyncsApi.sync(hub, name).name()).orElse(null),
            request.word("job", JOBS),
            request.word("state", STATES));
    long before = request.query("after").map(RunsApi::number).orElse(Long.MAX_VALUE);
    int limit = request.limit();
    return Answers.page(
        "runs",
        hub.runs().page(wanted, before, limit + 1),
        limit,
        RunsApi::shown,
        run -> Answers.cursor(run.id()));
  }

  static long number(String cursor) {
    try {
      return Long.parseLong(Answers.parts(cursor, 1).get(0));
    } catch (NumberFormatException e) {
      throw Answers.noCursor();
    }
  }

  private Reply plan(Request request) {
    long run = run(request).id();
    if (request.wantsLines()) {
      return Answers.lines(sink -> hub.plans().each(run, Integer.MAX_VALUE, sink::accept));
    }
    PlanView.Mark after =
        request.query("after").map(cursor -> opened(run, cursor)).orElse(PlanView.Mark.START);
    PlanView.Page page = hub.plans().page(run, null, after, request.limit());
    PlanView.Mark next = page.next();
    return Answers.page("changes", page.entries(), next == null ? null : sealed(run, next));
  }

  /** Sealed, for it holds an address, and cursors come back in URLs. */
  private String sealed(long run, PlanView.Mark place) {
    Vault vault = hub.vault();
    byte[] sealed = vault.seal(place.action() + "\n" + place.address(), "plan of run " + run);
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  private PlanView.Mark opened(long run, String cursor) {
    try {
      byte[] sealed = java.util.Base64.getUrlDecoder().decode(cursor);
      String[] parts =
          hub.vault()
              .open(sealed, "plan of run " + run)
              .orElseThrow(Answers::noCursor)
              .split("\n", 2);
      return new PlanView.Mark(parts[0], parts[1]);
    } catch (IllegalArgumentException e) {
      throw Answers.noCursor();
    }
  }

  private Reply approve(Request request) {
    Runs.Record held = decided(request, "approved");
    return starting.start(request, Wish.approved(held));
  }

  private Reply reject(Request request) {
    decided(request, "rejected");
    return Answers.json(shown(run(request)));
  }

  /** Two tokens are not two people, so where two have to approve they do so in the console. */
  private Runs.Record decided(Request request, String decision) {
    Runs.Record run = run(request);
    if (run.state() != RunState.HELD) {
      throw Wrong.late(
          "The run is not held, it is " + run.state().word(), "There is nothing to decide.");
    }
    if (decision.equals("approved") && hub.runs().needsSecondPerson(run.sync())) {
      throw Wrong.late(
          "Two people have to approve plans of this sync, and a token is none",
          "Approve it in the console.");
    }
    if (hub.runs().decide(run.id(), decision, request.by()) != Runs.Decided.DONE) {
      throw Wrong.late(
          "The run was decided before: " + run(request).decisionInWords(),
          "Look at the newest run of the sync.");
    }
    hub.audit()
        .note(Audit.Through.API, request.by(), decision + " a plan", run.sync(), "run " + run.id());
    return run;
  }

  private Reply undo(Request request) {
    Runs.Record run = run(request);
    if (!run.job().equals(Job.CONTACTS.word())) {
      throw Wrong.late(
          "This is a run of the " + run.job() + " job", "Only contacts runs can be undone.");
    }
    if (run.state() == RunState.PLANNED || run.state() == RunState.RUNNING) {
      throw Wrong.late("The run is " + run.state().word(), "There is nothing to undo yet.");
    }
    return starting.start(request, Wish.undo(run, request.flag("dryRun")));
  }

  private Reply order(Request request) {
    return Answers.json(starting.order(request.number("order")));
  }
}
