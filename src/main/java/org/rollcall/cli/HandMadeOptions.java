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
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Whom a membership is made by hand for, and how the answer is told. */
final class HandMadeOptions {
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

  interface Deed {
    Answer in(HandMade handMade, List<String> keys);
  }

  int run(Hub hub, CommandLine command, Deed deed) {
    Answer answer;
    try {
      answer = deed.in(hub.handMade(), allKeys(command));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
    boolean adds = command.getCommandName().equals("add");
    if (answer.saved()) {
      HubOptions.note(
          hub,
          (adds ? "made %,d memberships by hand" : "took %,d memberships made by hand away")
              .formatted(answer.changed()),
          sync,
          answer.group());
    }
    if (json) {
      command.getOut().println(Output.json(answer));
    } else {
      refuse(command.getErr(), answer, adds);
    }
    return answer.refused().nobody() ? ExitCode.DONE : ExitCode.USAGE;
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

  private static void refuse(PrintWriter err, Answer answer, boolean adds) {
    HandMade.Refused refused = answer.refused();
    if (refused.nobody()) {
      return;
    }
    err.printf(
        "nothing was changed: %,d keys %s, %,d erased on request: %s%s%n",
        refused.unknown(),
        adds ? "unknown" : "not in the group by hand",
        refused.erased(),
        String.join(", ", refused.keys()),
        refused.unknown() + refused.erased() > refused.keys().size() ? ", ..." : "");
  }

  /** How the change comes to the provider. */
  static String next(Answer answer) {
    return answer.saved()
        ? "the next run brings it; now: rollcall sync %s, or with --member KEY for one alone"
            .formatted(answer.sync())
        : "nothing was changed";
  }
}
