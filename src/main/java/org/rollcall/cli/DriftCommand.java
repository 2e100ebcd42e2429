package org.rollcall.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.verify.Drift;
import org.rollcall.verify.Drift.Entry;
import org.rollcall.verify.Drift.Reconciliation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "drift",
    description =
        "Lists what the provider held otherwise than was thought, as the last"
            + " sync --reconcile found it.",
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "what this run found; default: the last")
  @Nullable Long run;

  @Option(names = "--json", description = "a line with the counts, then one line per difference")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      hub.settings().sync(name);
      Drift drift = hub.drift();
      Reconciliation found = drift.latest(name, run).orElseThrow(this::nothingRead);
      if (json) {
        out.println(Output.json(head(drift, found)));
        drift.entries(found.run(), entry -> out.println(Output.json(entry)));
      } else {
        out.printf(
            "run %d of %s, %s: %,d contacts at the provider%n",
            found.run(), name, found.at(), found.contacts());
        new DriftReport(drift, out).print(found.run(), isDry(hub, found.run()));
        drift.entries(found.run(), entry -> print(out, entry));
      }
      return ExitCode.DONE;
    }
  }

  private RuntimeException nothingRead() {
    return run == null
        ? new IllegalStateException(
            "no run of %s has read everything back; use: rollcall sync %s --reconcile"
                .formatted(name, name))
        : new UnknownScope(
            "run %d of %s has not read everything back; without --run the last one that did is shown"
                .formatted(run, name));
  }

  private static boolean isDry(Hub hub, long run) {
    return hub.runs().find(run).map(Runs.Record::state).orElse(null) == RunState.PLANNED;
  }

  private ObjectNode head(Drift drift, Reconciliation found) {
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    head.put("run", found.run()).put("sync", name).put("at", found.at().toString());
    head.put("contacts", found.contacts());
    Output.counts(head, drift, found.run());
    return head;
  }

  private static void print(PrintWriter out, Entry entry) {
    String about =
        Stream.of(entry.memberKey(), entry.former(), entry.address(), entry.list(), entry.detail())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    out.printf(
        "%-18s %s: %s%n",
        entry.kind(),
        about,
        entry.repaired() ? "repaired" : "left, " + Objects.toString(entry.why(), "not judged"));
  }
}
