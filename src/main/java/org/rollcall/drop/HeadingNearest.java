package org.rollcall.drop;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name in a header that somebody probably meant; for messages, never for mapping. */
final class HeadingNearest {
  private static final int LONGEST = 100;

  private HeadingNearest() {}

  private record Candidate(String name, int distance) {}

  static Optional<String> to(String heading, List<String> header) {
    String wanted = HeadingText.spelling(heading);
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(2, wanted.length() / 3));
    return header.stream()
        .map(name -> new Candidate(name, distance(distance, wanted, HeadingText.spelling(name))))
        .filter(candidate -> candidate.distance >= 0)
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::name);
  }

  /** Negative when they are too far apart. */
  private static int distance(LevenshteinDistance distance, String from, String to) {
    return to.isEmpty() || from.length() > LONGEST || to.length() > LONGEST
        ? -1
        : distance.apply(from, to);
  }
}
