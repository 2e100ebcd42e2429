package org.rollcall.file;

import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be read, or not any further. The message says what is wrong, where, and what
 * would be right; of the content it holds names of columns at most.
 */
public final class FileException extends RuntimeException {
  private final long line;
  private final String what;
  private final String remedy;

  /**
   * @param line from 1, or 0 when the trouble has no line
   * @param remedy what would be right; may be empty
   */
  public FileException(long line, String what, String remedy, @Nullable Throwable cause) {
    super(
        (line > 0 ? "line " + line + ": " : "")
            + what
            + (remedy.isEmpty() ? "" : " (" + remedy + ")"),
        cause);
    this.line = line;
    this.what = what;
    this.remedy = remedy;
  }

  public long line() {
    return line;
  }

  public String what() {
    return what;
  }

  public String remedy() {
    return remedy;
  }
}
