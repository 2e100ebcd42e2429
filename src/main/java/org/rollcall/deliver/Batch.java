package org.rollcall.deliver;

import java.time.Instant;
import java.util.List;

/**
 * One provider call that changes something.
 *
 * @param lists the hub's numbers of the lists concerned
 * @param fromOrd first and {@code toOrd} last contact in the order of dispatch; 0 for other kinds
 * @param addresses the contacts of a removal, former and new address of a move, the contact sent by
 *     itself; empty for imports
 * @param intendedAt when the intention was committed, by our clock
 */
record Batch(
    long id,
    Kind kind,
    List<Integer> lists,
    long fromOrd,
    long toOrd,
    List<String> addresses,
    Instant intendedAt) {
  enum Kind {
    IMPORT,
    REMOVE,
    MOVE,
    SINGLE
  }

  int size() {
    return kind == Kind.IMPORT ? (int) (toOrd - fromOrd + 1) : addresses.size();
  }

  boolean divisible() {
    return size() > 1;
  }
}
