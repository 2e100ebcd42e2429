package org.rollcall.cli;

import java.util.List;
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
    name = "dismiss",
    description = "Puts dead letters away; their records stay as they are until they change.",
    mixinStandardHelpOptions = true)
final class DismissCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "ID", arity = "1..*", description = "dead letters")
  List<Long> ids = List.of();

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Hub hub = options.hub()) {
      for (long id : ids) {
        String sync = hub.deadLetters().settle(id, false);
        if (sync == null) {
          throw new IllegalStateException("there is no open dead letter " + id);
        }
        HubOptions.note(hub, "dismissed a dead letter", sync, "dead letter " + id);
        Objects.requireNonNull(spec)
            .commandLine()
            .getOut()
            .printf("dead letter %d dismissed%n", id);
      }
      return ExitCode.DONE;
    }
  }
}
