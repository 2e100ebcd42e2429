package org.rollcall.member;

/** Why a member of a group is not synchronised, in the words staff see. */
public enum Reason {
  NO_EMAIL_ADDRESS("no e-mail address"),
  INVALID_EMAIL_ADDRESS("invalid e-mail address"),
  MARKETING_OPT_OUT("marketing opt-out at the source"),
  SHARED_ADDRESS("shared address"),
  DISABLED_IN_GROUP("disabled in group"),
  INACTIVE_MEMBER("inactive member"),
  MEMBERSHIP_NOT_SYNCHRONISED("membership kind not synchronised"),
  GROUP_NOT_SELECTED("group not selected"),
  /** Mail to the address came back; see the detail. */
  ADDRESS_BOUNCED("invalid e-mail address"),
  SILENT("opened nothing for a long time"),
  NOT_SILENT("opens mailings, or has not been sent any for long enough"),
  ERASED_ON_REQUEST("erased on request");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
