package org.rollcall.sandbox;

import org.jspecify.annotations.Nullable;

/** Who did it: the value of every {@code ..._source} property. */
enum Origin {
  ACCOUNT("Account"),
  CONTACT("Contact"),
  LANDING_PAGE("Landing Page"),
  SYSTEM("System");

  private final String wire;

  Origin(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }

  /** What a client may send; {@code System} is only ever read. */
  static @Nullable Origin of(String wire) {
    for (Origin origin : values()) {
      if (origin != SYSTEM && origin.wire.equals(wire)) {
        return origin;
      }
    }
    return null;
  }
}
