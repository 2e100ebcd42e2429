package org.rollcall.stage;

/**
 * Counts staged rows and sums two hashes of each, modulo 2^64: rows in another order give the same
 * sums.
 */
final class Tally {
  private long staged;
  private long high;
  private long low;

  void add(long digest, long secondDigest) {
    staged++;
    low += digest;
    high += secondDigest;
  }

  long staged() {
    return staged;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
