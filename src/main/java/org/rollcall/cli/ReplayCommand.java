package org.rollcall.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.route.Replays;
import org.rollcall.run.Runs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = "Sends dead letters again, with a run of their syncs.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "ID", arity = "1..*", description = "dead letters")
  List<Long> ids = List.of();

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Hub hub = options.hub()) {
      Replays replays = hub.replays();
      replays.requireOpen(ids);
      Replays.Order order = Replays.Order.empty();
      for (long id : ids) {
        String sync = replays.settle(id, order);
        if (sync != null) {
          HubOptions.note(hub, "replayed a dead letter", sync, "dead letter " + id);
        }
      }
      List<Runs.Record> runs = replays.run(order, hub.syncs(), new TerminalProgress());
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      if (json) {
        out.println(Output.runs(runs));
      } else {
        new RunReport(hub, out).print(runs, false);
      }
      return ExitCode.of(runs);
    }
  }
}
