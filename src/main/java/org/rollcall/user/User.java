package org.rollcall.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param active false keeps the person out and leaves the name in the audit
 * @param signedInAt empty when the person never was here
 */
public record User(
    long id,
    String name,
    Role role,
    boolean active,
    @Nullable Instant lockedUntil,
    @Nullable Instant signedInAt) {}
