package org.rollcall.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * One thing a contact did, or that happened to its mail.
 *
 * @param no in the order in which events were thought of; nothing outside ever sees it
 * @param contact the position of the contact
 * @param address the contact's address then
 * @param at epoch seconds
 * @param shownAt from when on the reports list it, epoch seconds
 * @param link the position of the link in its campaign, -1 without
 * @param detail a bounce's code or an opt-out's reason
 * @param device absent where the provider knows none, as with opens by a privacy proxy
 */
record Event(
    int no,
    int contact,
    @Nullable String address,
    long at,
    long shownAt,
    int link,
    @Nullable String detail,
    @Nullable String device) {}
