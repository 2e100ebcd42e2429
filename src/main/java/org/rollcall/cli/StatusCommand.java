package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.settings.SyncSettings;
import org.rollcall.verify.Statuses.GroupStatus;
import org.rollcall.verify.Statuses.MemberStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "Shows groups with their counts, every member, or a run's plan.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one sync; default: all")
  @Nullable String name;

  @Option(names = "--members", description = "one line per member and group; NDJSON with --json")
  boolean members;

  @Option(names = "--plan", paramLabel = "RUN", description = "every change of this run's plan")
  @Nullable Long plan;

  @Option(
      names = "--balance",
      description = "members against statuses, and lists against who is on them")
  boolean balance;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      List<SyncSettings> syncs =
          name == null
              ? List.copyOf(hub.settings().syncs().values())
              : List.of(hub.settings().sync(name));
      if (plan != null) {
        refuseUnknown(hub, plan);
        hub.plans().each(plan, Integer.MAX_VALUE, entry -> out.println(Output.json(entry)));
      } else if (balance) {
        BalanceReport report = new BalanceReport(hub.balance(), out);
        syncs.forEach(sync -> report.print(sync.name(), json));
      } else if (members) {
        syncs.forEach(sync -> hub.statuses().members(sync.name(), member -> print(out, member)));
      } else if (json) {
        out.println(Output.json(asJson(hub, syncs)));
      } else {
        syncs.forEach(sync -> print(out, hub, sync));
        hub.formerSyncs().find().forEach(former -> out.println(former.sentence()));
      }
      return ExitCode.DONE;
    }
  }

  private void refuseUnknown(Hub hub, long run) {
    if (hub.runs().find(run).isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "there is no run " + run);
    }
  }

  private void print(PrintWriter out, MemberStatus member) {
    if (json) {
      out.println(Output.json(member));
      return;
    }
    out.printf(
        "%-12s %-24s %-34s %s%s%s%s%s%n",
        member.memberKey(),
        member.group(),
        Objects.toString(member.email(), "-"),
        member.status(),
        member.reason() == null ? "" : ": " + member.reason(),
        member.detail() == null ? "" : " (" + member.detail() + ")",
        member.bounceCode() == null
            ? ""
            : "; mail came back (" + member.bounceCode() + "): " + member.advice(),
        member.byHand() == null ? "" : " [made by hand by " + member.byHand().by() + "]");
  }

  private static Map<String, Object> asJson(Hub hub, List<SyncSettings> syncs) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("syncs", syncs.stream().map(sync -> asJson(hub, sync)).toList());
    node.put("formerSyncs", hub.formerSyncs().find());
    return node;
  }

  private static Map<String, Object> asJson(Hub hub, SyncSettings sync) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("sync", sync.name());
    node.put("account", sync.account());
    node.put("groups", hub.statuses().groups(sync.name()));
    List<Object> runs = new ArrayList<>();
    for (Job job : Job.values()) {
      hub.runs().latest(sync.name(), job).map(Output::run).ifPresent(runs::add);
    }
    node.put("runs", runs);
    return node;
  }

  private static void print(PrintWriter out, Hub hub, SyncSettings sync) {
    out.printf("sync %s, account %s%n", sync.name(), sync.account());
    RunReport report = new RunReport(hub, out);
    hub.runs().latest(sync.name(), Job.CONTACTS).ifPresent(report::print);
    out.printf(
        "%-28s %8s %8s %8s %8s %8s %8s %8s%n",
        "group", "members", "synced", "pending", "unsubscr", "failed", "held", "n/a");
    for (GroupStatus group : hub.statuses().groups(sync.name())) {
      out.printf(
          "%-28s %,8d %,8d %,8d %,8d %,8d %,8d %,8d%n",
          group.group().isEmpty() ? "(no group)" : group.group(),
          group.members(),
          group.synced(),
          group.pending() + group.sending(),
          group.unsubscribed(),
          group.failed(),
          group.held(),
          group.notApplicable());
    }
  }
}
