package org.rollcall.member;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which groups synchronise: names or patterns with {@code *}, without regard to case; a decision of
 * the staff about one group goes before the patterns.
 */
public final class GroupSelection {
  private static final int REMEMBERED = 10_000;

  private final List<Pattern> patterns;
  private final Map<String, Boolean> decided;
  private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();

  private GroupSelection(List<Pattern> patterns, Map<String, Boolean> decided) {
    this.patterns = patterns;
    this.decided = decided;
  }

  /** From a comma list, such as {@code Board, Committee *}. */
  public static GroupSelection of(String commaList) {
    return of(List.of(commaList.split(",")), Map.of());
  }

  /**
   * @param decided what staff chose for single groups: true synchronises, false does not, which
   *     goes first where two spellings of one name say otherwise
   */
  public static GroupSelection of(List<String> patterns, Map<String, Boolean> decided) {
    return new GroupSelection(
        patterns.stream()
            .map(String::strip)
            .filter(p -> !p.isEmpty())
            .map(GroupSelection::glob)
            .toList(),
        decided.entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> fold(e.getKey()), Map.Entry::getValue, (one, other) -> one && other)));
  }

  private static Pattern glob(String pattern) {
    String regex =
        Stream.of(fold(pattern).replaceAll("\\*+", "*").split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  private static String fold(String name) {
    return Texts.folded(name.toUpperCase(Locale.ROOT));
  }

  public boolean selects(String group) {
    Boolean known = remembered.get(group);
    if (known != null) {
      return known;
    }
    boolean selected = decide(fold(group));
    if (remembered.size() < REMEMBERED) {
      remembered.put(group, selected);
    }
    return selected;
  }

  private boolean decide(String folded) {
    Boolean staff = decided.get(folded);
    return staff != null ? staff : patterns.stream().anyMatch(p -> p.matcher(folded).matches());
  }
}
