package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

/** A member database; its pool is bound under the source's name. */
public record SourceSettings(
    String name, String url, @Nullable String username, @Nullable Secret password) {}
