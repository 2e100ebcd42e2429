package org.rollcall.cli;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.erasure.Remembering.Lifted;
import org.rollcall.erasure.Unclear;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "remember",
    description = "Lifts an erasure, so that the member's rows at the source count again.",
    mixinStandardHelpOptions = true)
final class RememberCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "ADDRESS|KEY", description = "the address or key that was erased")
  String who = "";

  @Option(names = "--sync", paramLabel = "NAME", description = "when several syncs have the key")
  @Nullable String sync;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    try (Hub hub = options.hub()) {
      Optional<Lifted> lifted = hub.remembering().remember(who, sync);
      if (lifted.isEmpty()) {
        command.getErr().println("nobody was erased under this address or key");
        return ExitCode.USAGE;
      }
      HubOptions.note(hub, "lifted an erasure", null, null);
      command
          .getOut()
          .println(
              lifted.get().optedOut()
                  ? "lifted; this person had opted out before, and stays unsubscribed"
                  : "lifted; the next run takes the member up again, if the source has it");
      return ExitCode.DONE;
    } catch (Unclear e) {
      command.getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
  }
}
