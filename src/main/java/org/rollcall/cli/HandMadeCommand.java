package org.rollcall.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Memberships made by hand, or taken away again: of whom, by whom, and how the answer is told. */
abstract class HandMadeCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(index = "0", paramLabel = "SYNC", description = "the sync, as in rollcall.syncs.NAME")
  String sync = "";

  @Parameters(
      index = "1",
      paramLabel = "GROUP",
      description = "a group of the source, or a name of its own")
  String group = "";

  @Parameters(index = "2..*", arity = "0..*", paramLabel = "KEY", description = "keys of members")
  List<String> keys = new ArrayList<>();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "a file with one key a line; - for standard input")
  @Nullable String file;

  @Option(names = "--by", paramLabel = "USER", description = "who does it; default: you")
  String by = System.getProperty("user.name", "unknown");

  @Option(names = "--dry-run", description = "say what would happen, change nothing")
  boolean dryRun;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  /**
   * Changes the memberships.
   *
   * @throws IllegalArgumentException for what was asked wrongly
   */
  abstract Answer change(HandMade handMade, List<String> allKeys);

  /** What became of it, or would. */
  abstract String told(Answer answer);

  /** For the audit. */
  abstract String noted(Answer answer);

  /** What is wrong with a key that is refused. */
  abstract String refusal();

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    try (Hub hub = options.hub()) {
      Answer answer = changed(hub, command);
      if (answer.saved()) {
        HubOptions.note(hub, noted(answer), sync, answer.group());
      }
      if (json) {
        command.getOut().println(Output.json(answer));
      } else if (answer.refused().nobody()) {
        tell(command.getOut(), answer);
      } else {
        refuse(command.getErr(), answer.refused());
      }
      return answer.refused().nobody() ? ExitCode.DONE : ExitCode.USAGE;
    }
  }

  private Answer changed(Hub hub, CommandLine command) {
    try {
      return change(hub.handMade(), allKeys(command));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> allKeys(CommandLine command) {
    List<String> all = new ArrayList<>(keys);
    try {
      if (file != null && file.equals("-")) {
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            .lines()
            .forEach(all::add);
      } else if (file != null) {
        all.addAll(Files.readAllLines(Path.of(file)));
      }
    } catch (NoSuchFileException e) {
      throw new ParameterException(command, "there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new ParameterException(command, "the file " + file + " is not written in UTF-8", e);
    } catch (IOException e) {
      throw new ParameterException(command, "the file " + file + " cannot be read", e);
    }
    return all;
  }

  private void tell(PrintWriter out, Answer answer) {
    out.println(told(answer));
    out.println(
        answer.saved()
            ? "the next run brings it; now: rollcall sync %s, or with --member KEY for one alone"
                .formatted(answer.sync())
            : "nothing was changed");
  }

  private void refuse(PrintWriter err, HandMade.Refused refused) {
    err.printf(
        "nothing was changed: %,d keys %s, %,d erased on request: %s%s%n",
        refused.unknown(),
        refusal(),
        refused.erased(),
        String.join(", ", refused.keys()),
        refused.unknown() + refused.erased() > refused.keys().size() ? ", ..." : "");
  }
}
