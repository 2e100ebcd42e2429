package org.rollcall.member;

/** How a member belongs: by its own membership, or through another's. */
public enum Membership {
  PRIMARY("primary members"),
  BENEFICIARY("beneficiaries");

  private final String plural;

  Membership(String plural) {
    this.plural = plural;
  }

  /** As staff call them. */
  public String plural() {
    return plural;
  }
}
