package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "sync",
    description = "Runs the jobs of a sync now.",
    mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(SyncCommand.class);

  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(
      names = "--job",
      split = ",",
      paramLabel = "JOB",
      description = "lists, contacts, activities; default: lists and contacts, in this order")
  List<String> jobs = List.of("lists", "contacts");

  @Option(names = "--group", paramLabel = "G", description = "change only this group's list")
  @Nullable String group;

  @Option(names = "--member", paramLabel = "KEY", description = "change only this member's address")
  @Nullable String member;

  @Option(names = "--dry-run", description = "plan and show, send nothing")
  boolean dryRun;

  @Option(
      names = "--reconcile",
      description = "read everything back, list what differs from what was thought, and repair it")
  boolean reconcile;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    List<Job> chosen = chosen();
    TerminalProgress progress = new TerminalProgress();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      hub.settings().sync(name);
      hub.formerSyncs().find().forEach(former -> LOG.warn(former.sentence()));
      Scope scope = new Scope(group, member, dryRun);
      Syncs syncs = hub.syncs();
      List<Runs.Record> runs =
          reconcile
              ? syncs.reconcile(name, chosen, scope, progress)
              : syncs.run(name, chosen, scope, progress);
      progress.done();
      if (json) {
        out.println(reconcile ? Output.runs(runs, hub.drift()) : Output.runs(runs));
      } else {
        new RunReport(hub, out).print(runs, dryRun);
      }
      return ExitCode.of(runs);
    }
  }

  private List<Job> chosen() {
    List<Job> chosen = new ArrayList<>();
    for (String job : jobs) {
      chosen.add(
          Job.BY_NAME.stream()
              .filter(known -> known.word().equals(job.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          Objects.requireNonNull(spec).commandLine(),
                          "\"" + job + "\" is not a job; use lists, contacts or activities")));
    }
    chosen.sort(null);
    return chosen;
  }
}
