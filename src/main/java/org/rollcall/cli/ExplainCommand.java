package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.explain.Explanation;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.hub.Hub;
import org.rollcall.settings.SyncSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Tells every decision about one member, in order.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(names = "--member", paramLabel = "KEY", required = true, description = "the member's key")
  String member = "";

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    try (Hub hub = options.hub()) {
      SyncSettings sync = hub.settings().sync(name);
      Optional<Explanation> explanation =
          hub.explain().member(sync, hub.settings().account(sync.account()), member);
      if (explanation.isEmpty()) {
        command
            .getErr()
            .printf(
                "sync %s has no member \"%s\"; rollcall status %1$s --members shows all%n",
                name, member);
        return ExitCode.USAGE;
      }
      print(command.getOut(), explanation.get());
      return ExitCode.DONE;
    }
  }

  private void print(PrintWriter out, Explanation explanation) {
    if (json) {
      out.println(Output.json(explanation));
      return;
    }
    String shown = explanation.name() == null ? "" : ", " + explanation.name();
    out.printf("member %s of sync %s%s%n", explanation.memberKey(), explanation.sync(), shown);
    String about = "";
    for (Step step : explanation.steps()) {
      String label = step.about().equals(about) ? "" : step.about();
      about = step.about();
      String group = step.group() == null || step.group().isEmpty() ? "" : step.group() + ": ";
      out.printf("  %-15s %s%s%n", label, group, step.text());
    }
  }
}
