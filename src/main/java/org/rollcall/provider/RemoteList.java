package org.rollcall.provider;

/** A list as the provider holds it. */
public record RemoteList(String id, String name) {}
