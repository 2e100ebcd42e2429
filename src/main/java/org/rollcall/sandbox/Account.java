package org.rollcall.sandbox;

/** One customer of the provider. Several accounts may be connected with one client id. */
record Account(
    String name, String encodedId, Store store, Activities activities, Campaigns campaigns) {}
