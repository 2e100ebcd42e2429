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

  /** One of the two themselves when it holds all values of the other. */
  static int[] union(int[] one, int[] other) {
    if (one.length == 0 || Arrays.equals(one, other)) {
      return other;
    }
    int[] both = new int[one.length + other.length];
    int size = 0;
    for (int i = 0, j = 0; i < one.length || j < other.length; size++) {
      boolean takeOne = j == other.length || i < one.length && one[i] <= other[j];
      both[size] = takeOne ? one[i] : other[j];
      if (i < one.length && one[i] == both[size]) {
        i++;
      }
      if (j < other.length && other[j] == both[size]) {
        j++;
      }
    }
    return size == one.length ? one : Arrays.copyOf(both, size);
  }

  static int[] of(int... values) {
    return Arrays.stream(values).sorted().distinct().toArray();
  }
}
