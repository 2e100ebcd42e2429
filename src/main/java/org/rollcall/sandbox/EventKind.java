package org.rollcall.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the tracking reports tell about a contact and a campaign. */
enum EventKind {
  SENDS,
  OPENS,
  CLICKS,
  BOUNCES,
  OPTOUTS,
  FORWARDS;

  /** As in the path of a report. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  String wire() {
    return "em_" + path();
  }

  static @Nullable EventKind of(String text) {
    for (EventKind kind : values()) {
      if (kind.path().equals(text) || kind.wire().equals(text)) {
        return kind;
      }
    }
    return null;
  }
}
