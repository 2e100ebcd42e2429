package org.rollcall.drop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Column;

/**
 * Usual words for the vocabularies of the row contract, from the resource {@code drop/words.txt}.
 */
final class DamageWords {
  private static final String FLAG = "flag";
  private static final Map<String, Map<String, String>> SHIPPED = shipped();
  private static final Set<Column> WORDY = wordy();
  private static final int LONGEST = 40;

  private DamageWords() {}

  private static Set<Column> wordy() {
    Set<Column> wordy = EnumSet.noneOf(Column.class);
    for (Column column : Column.values()) {
      if (column.isFlag() || SHIPPED.containsKey(column.label())) {
        wordy.add(column);
      }
    }
    return wordy;
  }

  private static Map<String, Map<String, String>> shipped() {
    try (InputStream stream = DamageWords.class.getResourceAsStream("/drop/words.txt")) {
      if (stream == null) {
        throw new IllegalStateException("the resource drop/words.txt is missing");
      }
      return read(
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
              .lines()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the line that says nothing, or what another said
   */
  static Map<String, Map<String, String>> read(List<String> lines) {
    Map<String, Map<String, String>> words = new HashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        int equals = line.indexOf(" = ");
        if (colon < 0 || equals < colon) {
          throw new IllegalArgumentException("no column: word = word: " + line);
        }
        String column = line.substring(0, colon);
        String word = HeadingText.spelling(line.substring(colon + 2, equals));
        String other =
            words
                .computeIfAbsent(column, any -> new HashMap<>())
                .put(word, line.substring(equals + 3).strip());
        if (other != null) {
          throw new IllegalArgumentException("this word is there twice: " + line);
        }
      }
    }
    return words;
  }

  static Map<String, Map<String, String>> entries() {
    return Map.copyOf(SHIPPED);
  }

  /** Whether there are usual words for a column. */
  static boolean has(Column column) {
    return WORDY.contains(column);
  }

  /** Remembers words: a file repeats the same few in a million rows. For one thread. */
  static final class Memory {
    private static final int MOST = 200;

    private final Map<Column, Map<String, String>> known = new EnumMap<>(Column.class);

    /** The word of the contract for this one, or this one. */
    String contract(Column column, String word) {
      Map<String, String> words = known.computeIfAbsent(column, any -> new HashMap<>());
      String remembered = words.get(word);
      if (remembered != null) {
        return remembered;
      }
      String found = Objects.requireNonNullElse(DamageWords.contract(column, word), word);
      if (words.size() < MOST && word.length() <= LONGEST) {
        words.put(word, found);
      }
      return found;
    }
  }

  /** The word of the contract for this one; null when none is known. */
  static @Nullable String contract(Column column, String word) {
    if (word.length() > LONGEST) {
      return null;
    }
    Map<String, String> own = SHIPPED.get(column.label());
    Map<String, String> flags = column.isFlag() ? SHIPPED.get(FLAG) : null;
    if (own == null && flags == null) {
      return null;
    }
    String spelling = HeadingText.spelling(word);
    String known = own == null ? null : own.get(spelling);
    return known != null || flags == null ? known : flags.get(spelling);
  }
}
