package org.rollcall.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.settings.AddressConflicts;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "decide",
    description = "Settles an address conflict; the next run does what follows.",
    mixinStandardHelpOptions = true)
final class DecideCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(names = "--member", paramLabel = "KEY", required = true, description = "whose address")
  String member = "";

  @Option(
      names = "--keep",
      paramLabel = "SIDE",
      required = true,
      description = "source or provider: whose address is right")
  String keep = "";

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    AddressConflicts side = side();
    try (Hub hub = options.hub()) {
      hub.settings().sync(name);
      if (!hub.conflicts().decide(name, member, side, HubOptions.user())) {
        throw wrong(
            "sync %s has no open address conflict of member \"%s\"; rollcall conflicts shows them"
                .formatted(name, member));
      }
      HubOptions.note(hub, "decided for the %s's address".formatted(keep), name, member);
      commandLine().getOut().printf("the %s's address of member %s is kept%n", keep, member);
      return ExitCode.DONE;
    }
  }

  private AddressConflicts side() {
    return switch (keep) {
      case "source" -> AddressConflicts.SOURCE;
      case "provider" -> AddressConflicts.PROVIDER;
      default -> throw wrong("\"" + keep + "\" is no side; use --keep source or --keep provider");
    };
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
