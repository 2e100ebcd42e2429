package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.Conflicts.Conflict;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "conflicts",
    description = "Lists members whose address was changed at the provider, unlike the source.",
    mixinStandardHelpOptions = true)
final class ConflictsCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one sync; default: all")
  @Nullable String name;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      if (name != null) {
        hub.settings().sync(name);
      }
      List<Conflict> open = hub.conflicts().open(name);
      if (json) {
        out.println(Output.json(open));
        return ExitCode.DONE;
      }
      open.forEach(conflict -> print(out, conflict));
      out.println(open.isEmpty() ? "no address conflicts" : open.size() + " address conflicts");
      return ExitCode.DONE;
    }
  }

  private static void print(PrintWriter out, Conflict conflict) {
    out.printf(
        "%s, member %s: the source says %s (known since %s), the provider %s (since %s)%n"
            + "    decide with: rollcall decide %1$s --member %2$s --keep source|provider%n",
        conflict.sync(),
        conflict.memberKey(),
        conflict.sourceAddress(),
        conflict.sourceAt(),
        conflict.providerAddress(),
        conflict.providerAt());
  }
}
