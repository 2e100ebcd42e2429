package org.rollcall.cli;

import java.util.List;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import picocli.CommandLine.Command;

@Command(
    name = "add",
    description = {
      "Puts members into a group by hand, all of them or none.",
      "They stay in it whatever the source says, as long as it gives the members."
    },
    mixinStandardHelpOptions = true)
final class AddCommand extends HandMadeCommand {
  @Override
  Answer change(HandMade handMade, List<String> allKeys) {
    return handMade.add(sync, group, allKeys, by, dryRun);
  }

  @Override
  String told(Answer answer) {
    String added =
        "%s%s: %,d %s, %,d were there by hand already, %,d are given by the source as well"
            .formatted(
                answer.group(),
                answer.newGroup() ? " (a new group)" : "",
                answer.changed(),
                answer.saved() ? "added by hand" : "would be added by hand",
                answer.known(),
                answer.inSource());
    return answer.selected() ? added : added + System.lineSeparator() + notSelected(answer);
  }

  private static String notSelected(Answer answer) {
    return "the group is not selected: nobody in it gets on a list; rollcall select %s \"%s\""
        .formatted(answer.sync(), answer.group());
  }

  @Override
  String noted(Answer answer) {
    return "made %,d memberships by hand".formatted(answer.changed());
  }

  @Override
  String refusal() {
    return "unknown";
  }
}
