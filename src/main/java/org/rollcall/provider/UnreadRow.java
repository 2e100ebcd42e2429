package org.rollcall.provider;

import org.jspecify.annotations.Nullable;

/**
 * A row of a report that makes no sense.
 *
 * @param text the whole row, as JSON
 * @param why what is wrong with it, such as "it has no contact_id"; says nothing about a person
 * @param contactId absent when the row names none
 * @param address in lower case, absent when the row gives none
 */
public record UnreadRow(
    String text, String why, @Nullable String contactId, @Nullable String address) {}
