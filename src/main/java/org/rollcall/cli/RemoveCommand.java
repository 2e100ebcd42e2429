package org.rollcall.cli;

import java.util.List;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import picocli.CommandLine.Command;

@Command(
    name = "remove",
    description = {
      "Takes memberships that were made by hand away again, all of them or none.",
      "Whom the source gives in the group stays in it."
    },
    mixinStandardHelpOptions = true)
final class RemoveCommand extends HandMadeCommand {
  @Override
  Answer change(HandMade handMade, List<String> allKeys) {
    return handMade.remove(sync, group, allKeys, by, dryRun);
  }

  @Override
  String told(Answer answer) {
    return "%s: %,d %s; %,d of them stay, for the source gives them"
        .formatted(
            answer.group(),
            answer.changed(),
            answer.saved() ? "taken away" : "would be taken away",
            answer.inSource());
  }

  @Override
  String noted(Answer answer) {
    return "took %,d memberships made by hand away".formatted(answer.changed());
  }

  @Override
  String refusal() {
    return "not in the group by hand";
  }
}
