package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.choice.GroupChoices.Group;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "groups",
    description = "Shows which groups synchronise, and who or what says so.",
    mixinStandardHelpOptions = true)
final class GroupsCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "SYNC", description = "the sync, as in rollcall.syncs.NAME")
  String sync = "";

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      List<Group> groups = hub.groupChoices().groups(sync);
      if (json) {
        out.println(Output.json(groups));
      } else {
        groups.forEach(group -> out.println(line(group)));
      }
      return ExitCode.DONE;
    }
  }

  static String line(Group group) {
    return "%-28s %s%s%s%s"
        .formatted(
            group.group(),
            group.words(),
            group.inSource() ? "" : "; made by hand",
            group.byHand() == 0 ? "" : "; %,d members by hand".formatted(group.byHand()),
            group.taken() ? "" : "; waits for the next run");
  }
}
