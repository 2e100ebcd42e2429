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
  ERASED_ON_REQUEST("erased on request");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
