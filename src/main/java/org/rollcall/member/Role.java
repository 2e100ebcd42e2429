package org.rollcall.member;

/** What a member does for the membership it belongs to. */
public enum Role {
  PRIMARY_CONTACT,
  BILLING_CONTACT,
  MANAGEMENT,
  MEMBER
}
