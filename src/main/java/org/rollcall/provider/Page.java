package org.rollcall.provider;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer answer.
 *
 * @param next how to ask for the page after this one, absent on the last
 * @param at the provider's clock when it answered, absent when it did not say
 * @param given how many entries the provider gave, those among them that are none of our business
 * @param total how many it says there are on all pages, absent when it did not say
 */
public record Page<T>(
    List<T> items, @Nullable String next, @Nullable Instant at, int given, @Nullable Long total) {}
