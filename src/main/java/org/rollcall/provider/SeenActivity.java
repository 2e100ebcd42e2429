package org.rollcall.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a contact did, as a report tells it. There is no id; two rows may be equal.
 *
 * @param address in lower case, absent when the report gives none
 * @param linkId the provider's id of the link, of clicks only; {@code link} its address
 * @param code of a bounce, the provider's code; of an opt-out, the reason
 * @param device absent when the provider tells none
 */
public record SeenActivity(
    String contactId,
    @Nullable String address,
    Instant at,
    @Nullable String linkId,
    @Nullable String link,
    @Nullable String code,
    @Nullable String device) {}
