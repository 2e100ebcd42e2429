package org.rollcall.demand;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked to be run in the background, and what has become of it.
 *
 * @param what in words, such as {@code lists, contacts}
 * @param state {@code waiting}, {@code running}, {@code done} or {@code failed}; how the runs went
 *     they tell themselves
 * @param doing what it does or waits for at this moment, in words; absent once it is over
 * @param runs the runs it became so far, or those of others that did the same meanwhile
 * @param error why nothing ran, or not all
 */
public record Order(
    long order,
    String sync,
    String what,
    String state,
    @Nullable String doing,
    List<Long> runs,
    @Nullable String error,
    String askedBy,
    Instant askedAt,
    @Nullable Instant finishedAt) {
  public boolean over() {
    return finishedAt != null;
  }
}
