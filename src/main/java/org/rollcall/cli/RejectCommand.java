package org.rollcall.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reject",
    description = "Drops a held plan: nobody is removed; the next run is held anew if need be.",
    mixinStandardHelpOptions = true)
final class RejectCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "RUN", description = "the held run")
  long run;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Hub hub = options.hub()) {
      Decision.onHeld(hub, run, "rejected");
      Objects.requireNonNull(spec).commandLine().getOut().printf("run %d is rejected%n", run);
      return ExitCode.DONE;
    }
  }
}
