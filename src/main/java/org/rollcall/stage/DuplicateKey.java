package org.rollcall.stage;

/**
 * A member that the source gives twice in one group.
 *
 * @param firstRow the number of the first row from 1
 */
public record DuplicateKey(String memberKey, String group, long firstRow, long secondRow) {
  /** What to tell whoever owns the query. */
  public String message() {
    return "member "
        + memberKey
        + " comes twice"
        + (group.isEmpty() ? "" : " in the group " + group)
        + ": rows "
        + firstRow
        + " and "
        + secondRow;
  }
}
