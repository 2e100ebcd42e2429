package org.rollcall.member;

import org.jspecify.annotations.Nullable;

/**
 * Who wins an address, as far as one row knows: the lower rank, then (in SQL) the one higher in the
 * family tree, then who signs in, then the sort name compared byte by byte, then the key.
 */
public final class Rank {
  public static final int PRIMARY_CONTACT = 1;
  public static final int BILLING_CONTACT = 2;
  public static final int MANAGEMENT = 3;
  public static final int PERSON = 4;
  public static final int COMPANY = 5;

  private static final char SEPARATOR = '\u0001';
  private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

  private Rank() {}

  /** The rank from 1 (wins) to 5; a company with a role of its own takes the role's rank. */
  public static int of(Kind kind, Role role) {
    return switch (role) {
      case PRIMARY_CONTACT -> PRIMARY_CONTACT;
      case BILLING_CONTACT -> BILLING_CONTACT;
      case MANAGEMENT -> MANAGEMENT;
      case MEMBER -> kind == Kind.COMPANY ? COMPANY : PERSON;
    };
  }

  /** Signing in decides only among management contacts and among other persons. */
  public static boolean countsLogin(int rank) {
    return rank == MANAGEMENT || rank == PERSON;
  }

  /**
   * The name to sort by, last name before first name; a missing part sorts behind every name.
   *
   * @return null when there is no name at all
   */
  public static @Nullable String sortName(
      Kind kind, @Nullable String first, @Nullable String last, @Nullable String company) {
    if (kind == Kind.COMPANY) {
      return company == null ? null : Texts.folded(company);
    }
    if (last == null && first == null) {
      return null;
    }
    return sortPart(last) + SEPARATOR + sortPart(first);
  }

  private static String sortPart(@Nullable String name) {
    return name == null ? LAST : Texts.folded(name);
  }
}
