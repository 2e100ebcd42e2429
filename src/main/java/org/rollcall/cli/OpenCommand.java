package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what waits for a person, of one sync or of all. */
abstract class OpenCommand<T> implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one sync; default: all")
  @Nullable String name;

  @Option(names = "--json", description = "print the result as JSON, with everything in it")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  /** Such as "dead letters". */
  abstract String what();

  abstract List<T> open(Hub hub, @Nullable String sync);

  /** With how to settle it. */
  abstract String line(T one);

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      if (name != null) {
        hub.settings().sync(name);
      }
      List<T> open = open(hub, name);
      if (json) {
        out.println(Output.json(open));
        return ExitCode.DONE;
      }
      open.forEach(one -> out.println(line(one)));
      out.println(open.isEmpty() ? "no " + what() : what() + ": " + open.size());
      return ExitCode.DONE;
    }
  }
}
