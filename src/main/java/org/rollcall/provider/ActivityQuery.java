package org.rollcall.provider;

/** One kind of what was done with one mailing. */
public record ActivityQuery(String mailingId, ActivityKind kind) {}
