package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

/** The hub's own state; without a url an embedded PostgreSQL under {@code data/} is used. */
public record DatabaseSettings(
    @Nullable String url, @Nullable String username, @Nullable Secret password) {}
