package org.rollcall.drop;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The name in a header that somebody probably meant; for messages, never for mapping. */
final class HeadingNearest {
  private static final int LONGEST = 100;

  private HeadingNearest() {}

  static Optional<String> to(String heading, List<String> header) {
    String wanted = HeadingText.spelling(heading);
    return header.stream()
        .filter(name -> distance(wanted, HeadingText.spelling(name)) <= allowed(wanted))
        .min(Comparator.comparingInt(name -> distance(wanted, HeadingText.spelling(name))));
  }

  private static int allowed(String wanted) {
    return Math.max(2, wanted.length() / 3);
  }

  /** Insertions, deletions and replacements from one text to the other. */
  private static int distance(String from, String to) {
    if (to.isEmpty() || from.length() > LONGEST || to.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
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
