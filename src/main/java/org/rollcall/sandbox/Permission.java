package org.rollcall.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code permission_to_send}. */
enum Permission {
  EXPLICIT,
  IMPLICIT,
  NOT_SET,
  PENDING_CONFIRMATION,
  TEMP_HOLD,
  UNSUBSCRIBED;

  private final String wire = name().toLowerCase(Locale.ROOT);

  String wire() {
    return wire;
  }

  boolean mailable() {
    return this == EXPLICIT || this == IMPLICIT;
  }

  static @Nullable Permission of(String wire) {
    for (Permission permission : values()) {
      if (permission.wire.equals(wire)) {
        return permission;
      }
    }
    return null;
  }
}
