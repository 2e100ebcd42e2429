package org.rollcall.file;

import org.jspecify.annotations.Nullable;

/** One line of a table below its header. */
public sealed interface Line {
  /**
   * Where the line begins: in texts the physical line from 1, in workbooks the row as the
   * spreadsheet program numbers it.
   */
  long number();

  /**
   * @param cells one text per column of the header, as the file gives them; null where the file has
   *     nothing. The next line may use the same array again.
   */
  record Cells(long number, @Nullable String[] cells) implements Line {}

  /**
   * A line that cannot be trusted; the lines after it can.
   *
   * @param column its number from 1, or 0 when the whole line is meant
   * @param value what stands there, made printable and cut to 200 characters; may be empty
   * @param reason for whoever made the file: what is wrong and what would be right
   */
  record Refused(long number, int column, String value, String reason) implements Line {}
}
