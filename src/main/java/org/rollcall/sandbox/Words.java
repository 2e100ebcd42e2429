package org.rollcall.sandbox;

/** Remembers recent texts so that repeated ones are stored once; forgets on collision. */
final class Words {
  private final String[] recent = new String[1 << 16];

  String shared(String value) {
    int slot = (value.hashCode() ^ value.hashCode() >>> 16) & recent.length - 1;
    String known = recent[slot];
    if (value.equals(known)) {
      return known;
    }
    recent[slot] = value;
    return value;
  }
}
