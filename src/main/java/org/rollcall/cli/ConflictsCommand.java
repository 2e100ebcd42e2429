package org.rollcall.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.Conflicts.Conflict;
import picocli.CommandLine.Command;

@Command(
    name = "conflicts",
    description = "Lists members whose address was changed at the provider, unlike the source.",
    mixinStandardHelpOptions = true)
final class ConflictsCommand extends OpenCommand<Conflict> {
  @Override
  String what() {
    return "address conflicts";
  }

  @Override
  List<Conflict> open(Hub hub, @Nullable String sync) {
    return hub.conflicts().open(sync);
  }

  @Override
  String line(Conflict conflict) {
    return ("%s, member %s: the source says %s (known since %s), the provider %s (since %s)%n"
            + "    decide with: rollcall decide %1$s --member %2$s --keep source|provider")
        .formatted(
            conflict.sync(),
            conflict.memberKey(),
            conflict.sourceAddress(),
            conflict.sourceAt(),
            conflict.providerAddress(),
            conflict.providerAt());
  }
}
