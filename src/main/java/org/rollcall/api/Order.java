package org.rollcall.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked to be run in the background.
 *
 * @param what in words, such as {@code lists, contacts}
 * @param state {@code waiting}, {@code running}, {@code done} or {@code failed}; how the runs went
 *     they tell themselves
 * @param runs the runs it became so far, or those of others that did the same meanwhile
 * @param error why nothing ran, or not all
 */
record Order(
    long order,
    String sync,
    String what,
    String state,
    List<Long> runs,
    @Nullable String error,
    String askedBy,
    Instant askedAt,
    @Nullable Instant finishedAt) {}
