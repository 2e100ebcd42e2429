package org.rollcall.file;

/**
 * How cells are told apart.
 *
 * @param delimiter between two cells, or {@link #NONE} when there is one cell a line
 * @param quote around cells that hold delimiters or newlines; twice for itself
 * @param backslash whether a backslash in quotes takes the meaning from a quote or backslash after
 *     it
 */
record Dialect(char delimiter, char quote, boolean backslash) {
  static final char NONE = '\0';
}
