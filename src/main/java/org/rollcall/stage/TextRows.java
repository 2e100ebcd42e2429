package org.rollcall.stage;

import org.jspecify.annotations.Nullable;
import org.rollcall.member.Columns;
import org.rollcall.member.RowException;

/** Rows of texts, read forward once, each with the number by which people find it. */
public interface TextRows {
  /** What the source is called in messages, such as {@code file members.csv}. */
  String name();

  Columns columns();

  /** The next row's cells in the order of the columns; null after the last. */
  @Nullable String @Nullable [] next();

  /** The number of the row that {@link #next} gave last. */
  long number();

  /** Takes note of a row that breaks the contract and is left out; may throw to end the read. */
  void refuse(RowException why);
}
