package org.rollcall.settings;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which keys an environment variable means. */
final class EnvironmentKeys {
  private record Candidate(String key, String name) {}

  private EnvironmentKeys() {}

  /**
   * The key, none, or several when names differ only in dash, underscore or case. A name that no
   * key mentions yet is introduced in small letters with dashes.
   *
   * @param known the keys that file and {@code --set} hold
   */
  static List<String> of(String variable, Set<String> known) {
    Set<String> meant = new LinkedHashSet<>();
    for (String key : known) {
      for (Entry<?> entry : Catalogue.ALL) {
        Catalogue.find(key)
            .filter(other -> other.section().equals(entry.section()))
            .map(other -> entry.key(other.nameIn(key)))
            .filter(candidate -> Entry.variable(candidate).equals(variable))
            .ifPresent(meant::add);
      }
    }
    return meant.isEmpty() ? introduced(variable) : List.copyOf(meant);
  }

  private static List<String> introduced(String variable) {
    return Catalogue.ALL.stream()
        .map(entry -> candidate(entry, variable))
        .filter(candidate -> !candidate.key().isEmpty())
        .min(Comparator.comparingInt(candidate -> candidate.name().length()))
        .map(candidate -> List.of(candidate.key()))
        .orElse(List.of());
  }

  private static Candidate candidate(Entry<?> entry, String variable) {
    String name = entry.nameInVariable(variable);
    return name == null ? new Candidate("", "") : new Candidate(entry.key(name), name);
  }
}
