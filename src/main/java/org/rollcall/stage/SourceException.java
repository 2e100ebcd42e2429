package org.rollcall.stage;

import org.jspecify.annotations.Nullable;

/**
 * A source that could not be read to its end. Names the sync, the query and the row, and member
 * keys at most of what the rows hold.
 */
public final class SourceException extends RuntimeException {
  private final String sync;
  private final String query;
  private final long row;
  private final String what;
  private final String remedy;

  /**
   * @param row the number of the row from 1, or 0 when the trouble has no row
   * @param remedy what would be right; may be empty
   */
  public SourceException(
      String sync, String query, long row, String what, String remedy, @Nullable Throwable cause) {
    super(message(sync, query, row, what, remedy), cause);
    this.sync = sync;
    this.query = query;
    this.row = row;
    this.what = what;
    this.remedy = remedy;
  }

  private static String message(String sync, String query, long row, String what, String remedy) {
    return "sync "
        + sync
        + ": query "
        + query
        + ": "
        + (row > 0 ? "row " + row + ": " : "")
        + what
        + (remedy.isEmpty() ? "" : " (" + remedy + ")");
  }

  public String sync() {
    return sync;
  }

  public String query() {
    return query;
  }

  public long row() {
    return row;
  }

  public String what() {
    return what;
  }

  public String remedy() {
    return remedy;
  }
}
