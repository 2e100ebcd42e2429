package org.rollcall.member;

import java.util.Locale;

/** What a member is among those who share its address: a role goes before being a company. */
public enum Standing {
  PRIMARY_CONTACT("primary contact"),
  BILLING_CONTACT("billing contact"),
  MANAGEMENT("contact with management access"),
  MEMBER("other person"),
  COMPANY("company");

  private final String text;

  Standing(String text) {
    this.text = text;
  }

  public static Standing of(Kind kind, Role role) {
    return switch (role) {
      case PRIMARY_CONTACT -> PRIMARY_CONTACT;
      case BILLING_CONTACT -> BILLING_CONTACT;
      case MANAGEMENT -> MANAGEMENT;
      case MEMBER -> kind == Kind.COMPANY ? COMPANY : MEMBER;
    };
  }

  /** As staff call it. */
  public String text() {
    return text;
  }

  /** As settings call it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Among equals, the one higher in the family tree wins. */
  boolean countsTree() {
    return this == PRIMARY_CONTACT || this == BILLING_CONTACT;
  }

  /** Among equals, the one who signs in wins. */
  boolean countsLogin() {
    return this == MANAGEMENT || this == MEMBER;
  }
}
