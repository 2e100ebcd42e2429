package org.rollcall.provider;

import org.jspecify.annotations.Nullable;

/**
 * A list as the provider holds it.
 *
 * @param contacts how many contacts are on it by the provider's own count, absent when it did not
 *     say
 */
public record RemoteList(String id, String name, @Nullable Long contacts) {}
