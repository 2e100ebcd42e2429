package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.FormerSyncs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "retire",
    description = {
      "Drops what a sync that is no longer in the settings wanted.",
      "The next runs of the account's other syncs plan the removals, through the guard."
    },
    mixinStandardHelpOptions = true)
final class RetireCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "a sync that is no longer in the settings")
  String name = "";

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    try (Hub hub = options.hub()) {
      FormerSyncs syncs = hub.formerSyncs();
      FormerSyncs.Former former =
          syncs.find().stream()
              .filter(each -> each.sync().equals(name))
              .findFirst()
              .orElseThrow(() -> new ParameterException(commandLine, whyNot(hub)));
      FormerSyncs.Retired retired = syncs.retire(name);
      HubOptions.note(hub, "retired a sync", name, null);
      out.printf(
          "sync %s is retired: %,d members are not wanted by it any more; the next run of another"
              + " sync takes them off the lists it keeps%n",
          name, former.members());
      if (!retired.unkept().isEmpty()) {
        out.printf(
            "no other sync keeps %s: who is on it stays there%n",
            String.join(", ", retired.unkept()));
      }
      return ExitCode.DONE;
    }
  }

  private String whyNot(Hub hub) {
    return hub.settings().syncs().containsKey(name)
        ? "sync " + name + " is in the settings; take it out first, or set another mode or groups"
        : "there is no former sync " + name + " that still holds members";
  }
}
