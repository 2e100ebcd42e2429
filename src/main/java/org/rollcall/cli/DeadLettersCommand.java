package org.rollcall.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.run.DeadLetters.Kept;
import picocli.CommandLine.Command;

@Command(
    name = "dead-letters",
    description = "Lists what could not be processed, with cause and remedy.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand extends OpenCommand<Kept> {
  @Override
  String what() {
    return "dead letters";
  }

  @Override
  List<Kept> open(Hub hub, @Nullable String sync) {
    return hub.deadLetters().open(sync);
  }

  @Override
  String line(Kept letter) {
    return "%d  %s, %s%s: %s%n    remedy: %s"
        .formatted(
            letter.id(),
            letter.sync(),
            letter.kind(),
            letter.memberKey() == null ? "" : " of member " + letter.memberKey(),
            letter.cause(),
            letter.remedy());
  }
}
