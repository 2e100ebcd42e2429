package org.rollcall.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code rollcall.}, validated once at start.
 *
 * @param secretKey encrypts tokens at rest; absent means one is generated into {@code data/}
 */
public record Settings(
    Path home,
    DatabaseSettings database,
    @Nullable Secret secretKey,
    Map<String, AccountSettings> accounts,
    Map<String, SourceSettings> sources,
    Map<String, SyncSettings> syncs) {}
