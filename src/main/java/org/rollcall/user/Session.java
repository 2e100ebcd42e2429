package org.rollcall.user;

import java.time.Instant;

/**
 * A browser in which somebody is signed in, as that person sees it.
 *
 * @param browser as it calls itself; it may say anything
 * @param current the one that asks
 */
public record Session(long id, String browser, Instant begunAt, Instant seenAt, boolean current) {}
