package org.rollcall.guard;

/** How many of a list's memberships a plan would remove. */
record ListRemovals(String list, long memberships, long removals) {}
