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
    name = "add",
    description = {
      "Puts members into a group by hand, all of them or none.",
      "They stay in it whatever the source says, as long as it gives the members."
    },
    mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {
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
            Answer answer = handMade.add(hand.sync, hand.group, keys, hand.by, hand.dryRun);
            if (!hand.json && answer.refused().nobody()) {
              print(command.getOut(), answer);
            }
            return answer;
          });
    }
  }

  private static void print(PrintWriter out, Answer answer) {
    out.printf(
        "%s%s: %,d %s, %,d were there by hand already, %,d are given by the source as well%n",
        answer.group(),
        answer.newGroup() ? " (a new group)" : "",
        answer.changed(),
        answer.saved() ? "added by hand" : "would be added by hand",
        answer.known(),
        answer.inSource());
    if (!answer.selected()) {
      out.printf(
          "the group is not selected: nobody in it gets on a list; rollcall select %s \"%s\"%n",
          answer.sync(), answer.group());
    }
    out.println(HandMadeOptions.next(answer));
  }
}
