package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.plan.PlanView.Left;
import org.rollcall.run.Runs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "undo",
    description = "Takes a run back, as far as that is possible; later plans then wait for you.",
    mixinStandardHelpOptions = true)
final class UndoCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "RUN", description = "the run to take back, a run of the contacts job")
  long run;

  @Option(names = "--dry-run", description = "plan and show, send nothing")
  boolean dryRun;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = commandLine().getOut();
    try (Hub hub = options.hub()) {
      Runs.Record undone = undoable(hub);
      if (!dryRun) {
        HubOptions.note(hub, "undid a run", undone.sync(), "run " + run);
      }
      TerminalProgress progress = new TerminalProgress();
      List<Runs.Record> runs = hub.syncs().undo(undone.sync(), run, dryRun, progress);
      progress.done();
      List<Left> left = hub.plans().left(runs.get(0).id(), run);
      if (json) {
        out.println(
            Output.json(Map.of("runs", Output.parsed(Output.runs(runs)), "cannotBeUndone", left)));
      } else {
        new RunReport(hub, out).print(runs, dryRun);
        print(out, left);
      }
      return ExitCode.of(runs);
    }
  }

  private Runs.Record undoable(Hub hub) {
    Runs.Record found = hub.runs().find(run).orElseThrow(() -> wrong("there is no run " + run));
    Runs.whyNotUndone(found)
        .ifPresent(
            why -> {
              throw wrong(why);
            });
    return found;
  }

  private static void print(PrintWriter out, List<Left> left) {
    if (left.isEmpty()) {
      return;
    }
    out.println("  what cannot be taken back:");
    for (Left reason : left) {
      out.printf("    %,d x %s%n", reason.times(), reason.why());
      reason.first().forEach(member -> out.printf("      %s%n", named(member)));
      long more = reason.times() - reason.first().size();
      if (more > 0) {
        out.printf("      ... and %,d more%n", more);
      }
    }
  }

  private static String named(@Nullable String member) {
    return member == null ? "a contact of nobody" : "member " + member;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
