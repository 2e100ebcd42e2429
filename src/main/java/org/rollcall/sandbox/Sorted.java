package org.rollcall.sandbox;

import java.util.Arrays;

/** Small ascending arrays used as sets. */
final class Sorted {
  private Sorted() {}

  static boolean contains(int[] set, int value) {
    return Arrays.binarySearch(set, value) >= 0;
  }

  /** The same array when the value is already in it. */
  static int[] add(int[] set, int value) {
    int at = Arrays.binarySearch(set, value);
    if (at >= 0) {
      return set;
    }
    int place = -at - 1;
    int[] grown = new int[set.length + 1];
    System.arraycopy(set, 0, grown, 0, place);
    grown[place] = value;
    System.arraycopy(set, place, grown, place + 1, set.length - place);
    return grown;
  }

  static int[] remove(int[] set, int value) {
    int at = Arrays.binarySearch(set, value);
    if (at < 0) {
      return set;
    }
    if (set.length == 1) {
      return Contact.NONE;
    }
    int[] shrunk = new int[set.length - 1];
    System.arraycopy(set, 0, shrunk, 0, at);
    System.arraycopy(set, at + 1, shrunk, at, shrunk.length - at);
    return shrunk;
  }

  static int[] of(int... values) {
    return Arrays.stream(values).sorted().distinct().toArray();
  }
}
