package org.rollcall.settings;

import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What the author of an unknown key probably meant. */
final class NearestKey {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NearestKey() {}

  static String remedy(String key) {
    if (key.equals("rollcall.home")) {
      return "use --home or the environment variable ROLLCALL_HOME";
    }
    String nearest =
        candidates(key)
            .min(Comparator.comparingInt(other -> DISTANCE.apply(key, other)))
            .orElse("");
    return DISTANCE.apply(key, nearest) <= Math.max(3, key.length() / 5)
        ? "did you mean " + nearest + "?"
        : "see docs/settings.md for the settings there are";
  }

  private static Stream<String> candidates(String key) {
    String[] parts = key.split("\\.");
    String name = parts.length > 3 ? parts[2] : "NAME";
    return Catalogue.ALL.stream().map(entry -> entry.key(name));
  }
}
