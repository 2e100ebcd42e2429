package org.rollcall.member;

/**
 * A source row that breaks the contract of the source columns. Names columns, the member key and
 * words of a closed vocabulary, never another value of the row.
 */
public final class RowException extends RuntimeException {
  private final String what;
  private final String remedy;

  public RowException(String what, String remedy) {
    super(what + " (" + remedy + ")");
    this.what = what;
    this.remedy = remedy;
  }

  public String what() {
    return what;
  }

  /** What would be right. */
  public String remedy() {
    return remedy;
  }
}
