package org.rollcall.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands, without its tokens.
 *
 * @param connected false when a person has to connect it again
 * @param expiresAt of the access token, which renews itself
 * @param connectedAs the organization's name at the provider, when known
 */
public record AccountState(
    String account,
    boolean connected,
    Instant expiresAt,
    @Nullable String connectedAs,
    Instant updatedAt) {}
