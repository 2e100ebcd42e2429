package org.rollcall.cli;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.DropLedger;
import org.rollcall.hub.Hub;
import org.rollcall.run.DeadLetters.Kept;

/** Settles a dead letter that must be open. */
final class DeadLetterChoice {
  private DeadLetterChoice() {}

  /** Gives the sync the letter belongs to. */
  static String settle(Hub hub, long id, boolean replay) {
    @Nullable String sync = hub.deadLetters().settle(id, replay);
    if (sync == null) {
      throw new IllegalStateException("there is no open dead letter " + id);
    }
    return sync;
  }

  /** The number of the file that the letter is about, if it was refused as a whole. */
  static OptionalLong refusedFile(Hub hub, long id) {
    return hub.deadLetters()
        .find(id)
        .filter(letter -> letter.kind().equals("file") && letter.state().equals("open"))
        .map(Kept::payload)
        .map(payload -> Output.parsed(payload).path("dropFile").asLong())
        .flatMap(hub.dropLedger()::find)
        .filter(file -> file.state().equals("refused"))
        .map(DropLedger.Entry::id)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
