package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.handmade.HandMade.Answer;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

@Command(
    name = "remove",
    description = {
      "Takes memberships that were made by hand away again, all of them or none.",
      "Whom the source gives in the group stays in it."
    },
    mixinStandardHelpOptions = true)
final class RemoveCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();
  @Mixin HandMadeOptions hand = new HandMadeOptions();
  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    try (Hub hub = options.hub()) {
      return hand.run(
          hub,
          command,
          (handMade, keys) -> {
            Answer answer = handMade.remove(hand.sync, hand.group, keys, hand.by, hand.dryRun);
            if (!hand.json && answer.refused().nobody()) {
              print(command.getOut(), answer);
            }
            return answer;
          });
    }
  }

  private static void print(PrintWriter out, Answer answer) {
    out.printf(
        "%s: %,d %s; %,d of them stay, for the source gives them%n",
        answer.group(),
        answer.changed(),
        answer.saved() ? "taken away" : "would be taken away",
        answer.inSource());
    out.println(HandMadeOptions.next(answer));
  }
}
