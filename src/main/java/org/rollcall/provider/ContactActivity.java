package org.rollcall.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something one contact did, as told contact by contact: without link, code and device.
 *
 * @param campaign the campaign's name, absent when the provider gives none
 */
public record ContactActivity(
    String mailingId, ActivityKind kind, Instant at, @Nullable String campaign) {}
