package org.rollcall.member;

import org.jspecify.annotations.Nullable;

/** Names that people type into the hub. */
public final class Names {
  /** Providers allow no longer names of lists (Constant Contact: 255 characters). */
  private static final int LONGEST = 255;

  private Names() {}

  /**
   * The name of a group without white space around it.
   *
   * @throws IllegalArgumentException when it is blank, too long, or holds control characters
   */
  public static String group(String name) {
    return checked(name, "the name of a group");
  }

  /**
   * The user who did something.
   *
   * @throws IllegalArgumentException when it is blank, too long, or holds control characters
   */
  public static String user(String name) {
    return checked(name, "the name of a user");
  }

  private static String checked(String name, String what) {
    @Nullable String trimmed = Texts.trimmed(name);
    if (trimmed == null) {
      throw new IllegalArgumentException(what + " is empty");
    }
    if (Texts.hasControl(trimmed)) {
      throw new IllegalArgumentException(what + " holds a control character");
    }
    if (trimmed.length() > LONGEST) {
      throw new IllegalArgumentException(
          what + " is longer than " + LONGEST + " characters: " + trimmed.length());
    }
    return trimmed;
  }
}
