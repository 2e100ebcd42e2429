package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.handmade.Households.Household;
import org.rollcall.handmade.Households.InGroup;
import org.rollcall.handmade.Households.Member;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "household",
    description = "Shows a member's family or company, with everybody's groups.",
    mixinStandardHelpOptions = true)
final class HouseholdCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(index = "0", paramLabel = "SYNC", description = "the sync, as in rollcall.syncs.NAME")
  String sync = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "the key of one of them")
  String key = "";

  @Option(names = "--most", paramLabel = "N", description = "how many members; default: 500")
  int most = 500;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      Household household = hub.households().of(sync, key, Math.max(1, most));
      if (json) {
        out.println(Output.json(household));
        return ExitCode.DONE;
      }
      household.members().forEach(member -> print(out, member));
      if (household.more()) {
        out.println("there are more; --most shows them");
      }
      return ExitCode.DONE;
    }
  }

  private static void print(PrintWriter out, Member member) {
    out.printf(
        "%s%-12s %-28s %s%s%n",
        "  ".repeat(member.depth()),
        member.memberKey(),
        Objects.toString(member.name(), "-"),
        Objects.toString(member.email(), "-"),
        member.related().equals("tree") ? "" : "  (shares an address)");
    for (InGroup group : member.groups()) {
      out.printf(
          "%s    %-26s %s%s%s%n",
          "  ".repeat(member.depth()),
          group.group().isEmpty() ? "(no group)" : group.group(),
          group.status(),
          group.reason() == null ? "" : ": " + group.reason(),
          hand(group));
    }
  }

  private static String hand(InGroup group) {
    String made =
        group.byHand() == null
            ? ""
            : " [made by hand by " + group.byHand().by() + " at " + group.byHand().at() + "]";
    return made + (group.pending() ? " [waits for the next run]" : "");
  }
}
