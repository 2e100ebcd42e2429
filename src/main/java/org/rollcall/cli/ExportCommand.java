package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.verify.CsvExport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Writes the wanted contacts as CSV that Constant Contact's own import accepts.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(names = "--group", paramLabel = "G", description = "only this group's members")
  @Nullable String group;

  @Option(
      names = "--engagement",
      description =
          "also what each contact did with campaigns: last mailing, open and click, counts of 90"
              + " days, mailings without an answer, bounce")
  boolean engagement;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      hub.settings().sync(name);
      String only = group == null ? null : hub.groupChoices().named(name, group).group();
      new CsvExport(hub.store()).write(name, only, engagement, out::print);
      out.flush();
      return ExitCode.DONE;
    }
  }
}
