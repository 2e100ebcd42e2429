package org.rollcall.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Open dead letters of a sync.
 *
 * @param fresh how many of them have not been told
 * @param oldest of the fresh ones; null when there are none
 * @param newest of the fresh ones; null when there are none
 * @param last the highest number of them all
 */
record Letters(
    String account,
    String sync,
    long open,
    long fresh,
    @Nullable Instant oldest,
    @Nullable Instant newest,
    long last) {
  /** A burst is over when nothing has come for so long. */
  private static final Duration QUIET = Duration.ofMinutes(3);

  /** One that does not end is told after so long. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  boolean toTell(Instant now) {
    return oldest != null
        && newest != null
        && (!now.isBefore(newest.plus(QUIET)) || !now.isBefore(oldest.plus(PATIENCE)));
  }

  Condition condition() {
    String count = Words.count(fresh == 0 ? open : fresh, "dead letter");
    return new Condition(
        Kind.DEAD_LETTERS,
        account,
        sync,
        fresh == 0
            ? count + " in sync " + sync
            : Words.count(fresh, "new dead letter") + " in sync " + sync,
        "What could not be processed is kept with its reason and waits for somebody; everything"
            + " else goes on. "
            + Words.count(open, "dead letter")
            + (open == 1 ? " is" : " are")
            + " open in all.",
        List.of("See each with its reason and remedy:", "rollcall dead-letters " + sync));
  }
}
