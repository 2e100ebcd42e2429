package org.rollcall.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of what was done with a mailing.
 *
 * @param items the rows that could be read, the newest first
 * @param unread the others
 * @param next how to ask for the page after this one, absent on the last
 */
public record ActivityPage(
    List<SeenActivity> items, List<UnreadRow> unread, @Nullable String next) {}
