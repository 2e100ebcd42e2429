package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.run.DeadLetters.Kept;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "dead-letters",
    description = "Lists what could not be processed, with cause and remedy.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one sync; default: all")
  @Nullable String name;

  @Option(names = "--json", description = "print the result as JSON, payloads included")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      if (name != null) {
        hub.settings().sync(name);
      }
      List<Kept> letters = hub.deadLetters().open(name);
      if (json) {
        out.println(Output.json(letters));
        return ExitCode.DONE;
      }
      letters.forEach(letter -> print(out, letter));
      out.println(letters.isEmpty() ? "no dead letters" : "dead letters: " + letters.size());
      return ExitCode.DONE;
    }
  }

  private static void print(PrintWriter out, Kept letter) {
    out.printf(
        "%d  %s, %s%s: %s%n    remedy: %s%n",
        letter.id(),
        letter.sync(),
        letter.kind(),
        letter.memberKey() == null ? "" : " of member " + letter.memberKey(),
        letter.cause(),
        letter.remedy());
  }
}
