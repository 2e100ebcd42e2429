package org.rollcall.member;

/** What a member is. */
public enum Kind {
  PERSON,
  COMPANY
}
