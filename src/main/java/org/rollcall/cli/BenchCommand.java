package org.rollcall.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.bench.Bench;
import org.rollcall.bench.BenchReport;
import org.rollcall.bench.BenchText;
import org.rollcall.contract.Output;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measures the hub beside a bare read of the same rows.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--members", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
  long members = 100_000;

  @Option(names = "--groups", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
  int groups = 50;

  @Option(names = "--hub-heap", paramLabel = "SIZE", description = "default ${DEFAULT-VALUE}")
  String hubHeap = "256m";

  @Option(names = "--sandbox-heap", paramLabel = "SIZE", description = "default ${DEFAULT-VALUE}")
  String sandboxHeap = "3g";

  @Option(names = "--files", description = "read the same rows from a CSV file and a workbook too")
  boolean files;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "its own folder, made afresh; default: data/bench of the installation")
  @Nullable Path home;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warn, info, debug")
  LogLevel logLevel = LogLevel.WARN;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    if (members < 1 || groups < 1 || groups > 999) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "there is at least one member, and there are 1 to 999 groups");
    }
    Path installation = HubOptions.installation();
    Path folder = home == null ? installation.resolve("data/bench") : home.toAbsolutePath();
    BenchReport report =
        Bench.run(
            new Bench.Options(
                folder.normalize(), installation, members, groups, hubHeap, sandboxHeap, files),
            err::println);
    if (json) {
      out.println(Output.json(report));
    } else {
      new BenchText(out).print(report);
    }
    return report.exact() && report.unchangedWroteNothing() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
