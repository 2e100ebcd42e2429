package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "drops",
    description = "Lists the files of members that were taken, and what became of them.",
    mixinStandardHelpOptions = true)
final class DropsCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one sync; default: all")
  @Nullable String name;

  @Option(names = "--last", paramLabel = "N", description = "how many; default: ${DEFAULT-VALUE}")
  int last = 20;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (last < 1) {
      throw new ParameterException(
          spec.commandLine(), "--last " + last + ": give a number of files, 1 or more");
    }
    try (Hub hub = options.hub()) {
      if (name != null) {
        hub.settings().sync(name);
      }
      List<Entry> files = hub.dropLedger().last(name, last);
      if (json) {
        out.println(Output.json(files));
        return ExitCode.DONE;
      }
      files.forEach(file -> print(out, file));
      if (files.isEmpty()) {
        out.println("no file of members has been taken yet");
      }
      return ExitCode.DONE;
    }
  }

  private static void print(PrintWriter out, Entry file) {
    out.printf(
        "%d  %s, sync %s: %s (%s), taken %s, %,d rows%s%n",
        file.id(),
        file.file(),
        file.sync(),
        file.state(),
        file.content(),
        file.takenAt(),
        file.rowsRead(),
        file.rowsRefused() == 0 ? "" : ", %,d refused".formatted(file.rowsRefused()));
    if (file.reason() != null) {
      out.printf("    %s%n", file.reason());
    }
    if (file.keptAs() != null) {
      out.printf(
          "    %s%n",
          file.deletedAt() == null ? "kept as " + file.keptAs() : "deleted " + file.deletedAt());
    }
  }
}
