package org.rollcall.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
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
      Set<String> syncs = new LinkedHashSet<>();
      List<Long> files = new ArrayList<>();
      for (long id : ids) {
        OptionalLong file = DeadLetterChoice.refusedFile(hub, id);
        String sync = DeadLetterChoice.settle(hub, id, true);
        if (file.isPresent()) {
          files.add(file.getAsLong());
        } else {
          syncs.add(sync);
        }
      }
      List<Runs.Record> runs = new ArrayList<>();
      Syncs all = hub.syncs();
      for (long file : files) {
        runs.addAll(hub.reception().replay(file, all::take, new TerminalProgress()));
      }
      for (String sync : syncs) {
        runs.addAll(all.runAnew(sync, List.of(Job.CONTACTS), new TerminalProgress()));
      }
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
