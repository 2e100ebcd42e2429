package org.rollcall.console;

/** Words and colours for what tables hold as codes. A colour only helps: a word always stands. */
public final class Tones {
  private Tones() {}

  /** Of a member's status in a group. */
  public static String ofStatus(String status) {
    return switch (status) {
      case "synced" -> "good";
      case "pending", "sending" -> "wait";
      case "held" -> "mind";
      case "failed" -> "bad";
      default -> "quiet";
    };
  }

  public static String consent(String what) {
    return switch (what) {
      case "opt_out" -> "opted out";
      case "opt_in" -> "gave consent";
      case "resubscribe_asked" -> "was asked to confirm";
      case "resubscribed" -> "came back";
      default -> what;
    };
  }

  public static String activity(String what) {
    return switch (what) {
      case "send" -> "was sent";
      case "open" -> "opened";
      case "click" -> "clicked in";
      case "bounce" -> "could not be reached with";
      case "opt_out" -> "opted out through";
      case "forward" -> "forwarded";
      default -> what;
    };
  }

  public static String address(String kind) {
    return switch (kind) {
      case "moved" -> "the contact got the new address";
      case "merged" -> "the new address was another contact already";
      case "provider" -> "changed at the provider";
      case "decided" -> "somebody decided";
      case "left" -> "the source gave it before";
      default -> kind;
    };
  }

  /** What a dead letter is about. */
  public static String letter(String kind) {
    return switch (kind) {
      case "record" -> "contact refused";
      case "batch" -> "removals given up";
      case "answer" -> "answer not understood";
      case "list" -> "list";
      case "field" -> "custom field";
      case "resubscribe" -> "re-subscription";
      case "opt_out" -> "opt-out not taken over";
      case "address" -> "address not taken over";
      case "interaction" -> "activity not taken over";
      case "file" -> "file or rows refused";
      default -> kind;
    };
  }
}
