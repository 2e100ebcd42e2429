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
    this(
        sync,
        query,
        row,
        message(sync, "query " + query, "row", row, what, remedy),
        what,
        remedy,
        cause);
  }

  private SourceException(
      String sync,
      String query,
      long row,
      String message,
      String what,
      String remedy,
      @Nullable Throwable cause) {
    super(message, cause);
    this.sync = sync;
    this.query = query;
    this.row = row;
    this.what = what;
    this.remedy = remedy;
  }

  /**
   * Trouble with a file of members.
   *
   * @param file its name, made printable
   * @param line from 1, or 0 when the trouble has no line
   */
  public static SourceException ofFile(
      String sync, String file, long line, String what, String remedy, @Nullable Throwable cause) {
    String message = message(sync, "file " + file, "line", line, what, remedy);
    return new SourceException(sync, file, line, message, what, remedy, cause);
  }

  private static String message(
      String sync, String source, String unit, long row, String what, String remedy) {
    return "sync "
        + sync
        + ": "
        + source
        + ": "
        + (row > 0 ? unit + " " + row + ": " : "")
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
