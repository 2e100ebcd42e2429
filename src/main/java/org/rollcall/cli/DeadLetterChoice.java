package org.rollcall.cli;

import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;

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
}
