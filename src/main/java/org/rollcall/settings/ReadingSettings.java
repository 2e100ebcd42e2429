package org.rollcall.settings;

import java.time.Duration;

/**
 * How an account's activities are read.
 *
 * @param share percent of the day's requests that reading them may use
 * @param overlap how far a reading goes back behind the newest that is known
 * @param keep how long activities are kept; campaigns sent longer ago are not read
 */
public record ReadingSettings(int share, Duration overlap, Duration keep) {}
