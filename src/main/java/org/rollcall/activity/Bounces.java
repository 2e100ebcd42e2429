package org.rollcall.activity;

import org.jspecify.annotations.Nullable;

/** What a bounce's code means for staff. */
public final class Bounces {
  private Bounces() {}

  /** What is the matter and what to do about it; null for a code that means nothing is. */
  public static @Nullable String advice(@Nullable String code) {
    if (code == null) {
      return null;
    }
    return switch (code) {
      case "B" -> "the address does not exist; correct it in the member database";
      case "S" ->
          "the provider sends nothing there any more, because the address was reported as not"
              + " existing; correct it in the member database";
      case "D" -> "could not be delivered; check the address if it happens again";
      case "F" -> "the mailbox is full; nothing to do unless it happens again";
      case "Z" -> "the recipient's mail server blocked it; ask the member to allow your address";
      case "V" -> null;
      default -> "was returned for another reason; check the address if it happens again";
    };
  }
}
