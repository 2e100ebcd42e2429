package org.rollcall.sandbox;

/** The rows of a bulk job. */
interface Work {
  /** How many rows there are, found out when the job starts. */
  int size();

  /** Handles the rows from one position up to another. A dry run counts and changes nothing. */
  void apply(int from, int to, Tally tally, boolean dry);

  /** Called when nothing is left to apply; a job is remembered for days, its body is not. */
  default void release() {}
}
