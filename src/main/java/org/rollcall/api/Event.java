package org.rollcall.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run.
 *
 * @param event its number; they grow
 * @param type {@code run.started}, {@code run.held}, {@code run.finished} or {@code run.decided}
 * @param state of the run then
 * @param decision {@code approved} or {@code rejected}, when it was decided
 */
record Event(
    long event,
    String type,
    Instant at,
    String sync,
    long run,
    String job,
    String state,
    @Nullable String decision) {}
