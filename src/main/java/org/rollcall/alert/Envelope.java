package org.rollcall.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message with what goes around it.
 *
 * @param id the same in every attempt, so that a second copy can be told
 */
record Envelope(UUID id, Instant writtenAt, String from, List<String> to, Message message) {}
