package org.rollcall.settings;

import java.util.Comparator;
import java.util.stream.Stream;

/** What the author of an unknown key probably meant. */
final class NearestKey {
  private NearestKey() {}

  static String remedy(String key) {
    if (key.equals("rollcall.home")) {
      return "use --home or the environment variable ROLLCALL_HOME";
    }
    String nearest =
        candidates(key).min(Comparator.comparingInt(other -> distance(key, other))).orElse("");
    return distance(key, nearest) <= Math.max(3, key.length() / 5)
        ? "did you mean " + nearest + "?"
        : "see docs/settings.md for the settings there are";
  }

  private static Stream<String> candidates(String key) {
    String[] parts = key.split("\\.");
    String name = parts.length > 3 ? parts[2] : "NAME";
    return Catalogue.ALL.stream().map(entry -> entry.key(name));
  }

  /** Insertions, deletions and replacements from one text to the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
