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
    name = "select",
    description = "Has a group synchronise, whatever the setting says.",
    mixinStandardHelpOptions = true)
final class SelectCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();
  @Mixin ChoiceOptions choice = new ChoiceOptions();
  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Hub hub = options.hub()) {
      return choice.run(hub, Objects.requireNonNull(spec).commandLine(), true);
    }
  }
}
