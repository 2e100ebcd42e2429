package org.rollcall.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "approve",
    description = "Releases a held plan: the sync runs again and removes exactly what was held.",
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "RUN", description = "the held run")
  long run;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Hub hub = options.hub()) {
      Decision.Made made = Decision.onHeld(hub, run, "approved");
      if (!made.released()) {
        return waitsForAnother();
      }
      Runs.Record held = made.run();
      List<Runs.Record> runs =
          held.undoes() == null
              ? hub.syncs().runAnew(held.sync(), List.of(Job.CONTACTS), new TerminalProgress())
              : hub.syncs().undo(held.sync(), held.undoes(), false, new TerminalProgress());
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      if (json) {
        out.println(Output.runs(runs));
      } else {
        new RunReport(hub, out).print(runs, false);
      }
      return ExitCode.of(runs);
    }
  }

  private int waitsForAnother() {
    Objects.requireNonNull(spec)
        .commandLine()
        .getErr()
        .printf("your approval of run %d is noted; a second person has to approve it, too%n", run);
    return ExitCode.HELD;
  }
}
