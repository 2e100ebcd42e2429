package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Validates settings, routes, databases and accounts; changes nothing.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      List<String> problems = hub.check();
      problems.forEach(out::println);
      hub.formerSyncs().find().forEach(former -> out.println(former.sentence()));
      if (problems.isEmpty()) {
        out.printf(
            "everything is in order; syncs: %d, sources: %d, accounts: %d%n",
            hub.settings().syncs().size(),
            hub.settings().sources().size(),
            hub.settings().accounts().size());
        return ExitCode.DONE;
      }
      return ExitCode.USAGE;
    }
  }
}
