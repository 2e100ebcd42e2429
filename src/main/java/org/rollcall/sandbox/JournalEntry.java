package org.rollcall.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request as the provider saw it.
 *
 * @param at on the virtual clock
 * @param realMillis when it arrived, on the machine's clock
 * @param path with its query; secrets of the token calls are left out
 * @param decision {@code accepted}, {@code unauthorized}, {@code throttled}, {@code
 *     quota_exceeded}, {@code forbidden}, {@code refused} or {@code fault:...}
 * @param answered whether the whole answer was handed to the connection
 * @param note what it did, where that is cheap to say
 */
public record JournalEntry(
    long number,
    Instant at,
    long realMillis,
    String method,
    String path,
    @Nullable String clientId,
    String decision,
    int status,
    boolean answered,
    int requestBytes,
    long tookMicros,
    @Nullable String note) {
  JournalEntry settled(boolean whole, long micros) {
    return new JournalEntry(
        number,
        at,
        realMillis,
        method,
        path,
        clientId,
        decision,
        status,
        whole,
        requestBytes,
        micros,
        note);
  }
}
