package org.rollcall.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

@Command(
    name = "restored",
    description = {
      "Says that the hub's database was put back to an old backup.",
      "The next run of every sync reads everything back, and its plan waits for you."
    },
    mixinStandardHelpOptions = true)
final class RestoredCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Hub hub = options.hub()) {
      long syncs = hub.putBack().noteAll();
      HubOptions.note(hub, "said that the database was put back", null, null);
      Objects.requireNonNull(spec)
          .commandLine()
          .getOut()
          .printf(
              "%,d sync%s: the next run reads everything back, and its plan waits for approval%n",
              syncs, syncs == 1 ? "" : "s");
      return ExitCode.DONE;
    }
  }
}
