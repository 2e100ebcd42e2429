package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of what contacts did.
 *
 * @param schedule a Quartz cron expression, absent when activities are only read by hand
 * @param interactions the endpoint of the route that takes them over, absent when none does
 */
public record ActivitySettings(@Nullable String schedule, @Nullable String interactions) {}
