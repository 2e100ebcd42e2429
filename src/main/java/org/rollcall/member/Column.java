package org.rollcall.member;

import java.util.Locale;

/** The columns of a source row that have a meaning; every other column is a custom field. */
public enum Column {
  MEMBER_KEY,
  KIND,
  EMAIL,
  FIRST_NAME,
  LAST_NAME,
  COMPANY_NAME,
  JOB_TITLE,
  PHONE,
  STREET,
  CITY,
  STATE,
  POSTAL_CODE,
  COUNTRY,
  BIRTHDAY,
  ANNIVERSARY,
  GROUP,
  GROUPS,
  MEMBERSHIP,
  ENABLED,
  STATUS,
  MARKETING_OPT_OUT,
  OPT_IN_AT,
  OPT_IN_SOURCE,
  ROLE,
  PARENT_KEY,
  HAS_LOGIN,
  UPDATED_AT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name an integrator gives the column, in lower case. */
  public String label() {
    return label;
  }

  public boolean isFlag() {
    return this == ENABLED || this == MARKETING_OPT_OUT || this == HAS_LOGIN;
  }
}
