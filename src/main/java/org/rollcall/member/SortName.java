package org.rollcall.member;

import org.jspecify.annotations.Nullable;

/** The name by which members are put in order, compared byte by byte. */
public final class SortName {
  private static final char SEPARATOR = '\u0001';
  private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

  private SortName() {}

  /**
   * The name to sort by, last name before first name; a missing part sorts behind every name.
   *
   * @return null when there is no name at all
   */
  public static @Nullable String of(
      Kind kind, @Nullable String first, @Nullable String last, @Nullable String company) {
    if (kind == Kind.COMPANY) {
      return company == null ? null : Texts.folded(company);
    }
    if (last == null && first == null) {
      return null;
    }
    return sortPart(last) + SEPARATOR + sortPart(first);
  }

  /** What the sort names of people begin with whose last name, or "Last, First", begins so. */
  public static String beginning(String typed) {
    int comma = typed.indexOf(',');
    return comma < 0
        ? Texts.folded(typed)
        : Texts.folded(typed.substring(0, comma))
            + SEPARATOR
            + Texts.folded(typed.substring(comma + 1).strip());
  }

  private static String sortPart(@Nullable String name) {
    return name == null ? LAST : Texts.folded(name);
  }
}
