package org.rollcall.provider;

import java.util.List;
import java.util.Locale;

/** What a contact did with a campaign. */
public enum ActivityKind {
  SEND,
  OPEN,
  CLICK,
  BOUNCE,
  OPT_OUT,
  FORWARD;

  /** In which order they are read: what somebody has to act upon comes first. */
  public static final List<ActivityKind> BY_URGENCY =
      List.of(OPT_OUT, BOUNCE, CLICK, OPEN, FORWARD, SEND);

  /** As tables and results say it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ActivityKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
