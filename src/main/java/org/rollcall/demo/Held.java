package org.rollcall.demo;

/** A contact on a list. */
record Held(String address, String list) {}
