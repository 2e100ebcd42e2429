package org.rollcall.drop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rollcall.member.Column;

/** The usual names of columns, from the resource {@code drop/headings.txt}, which says how. */
final class HeadingCatalogue {
  private static final HeadingCatalogue SHIPPED = shipped();

  private final Map<String, Entry> entries;

  private HeadingCatalogue(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** What is known about a spelling. */
  sealed interface Entry {
    /** It always means the same. */
    record Known(HeadingMeaning meaning) implements Entry {}

    /**
     * It may mean several things.
     *
     * @param decides whether it may decide who gets mail, so that it must not be left out unasked
     */
    record Unsure(List<Column> candidates, boolean decides) implements Entry {}
  }

  static HeadingCatalogue get() {
    return SHIPPED;
  }

  private static HeadingCatalogue shipped() {
    try (InputStream stream = HeadingCatalogue.class.getResourceAsStream("/drop/headings.txt")) {
      if (stream == null) {
        throw new IllegalStateException("the resource drop/headings.txt is missing");
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
  static HeadingCatalogue read(List<String> lines) {
    Map<String, Entry> entries = new HashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int equals = line.indexOf(" = ");
        if (equals < 0) {
          throw new IllegalArgumentException("no spelling = column: " + line);
        }
        String spelling = HeadingText.spelling(line.substring(0, equals));
        if (entries.put(spelling, entry(line.substring(equals + 3).strip())) != null) {
          throw new IllegalArgumentException("this spelling is there twice: " + line);
        }
      }
    }
    return new HeadingCatalogue(entries);
  }

  private static Entry entry(String text) {
    if (text.startsWith("?") || text.startsWith("!")) {
      List<Column> candidates = new ArrayList<>();
      for (String name : text.substring(1).split(",")) {
        candidates.add(column(name.strip()));
      }
      return new Entry.Unsure(List.copyOf(candidates), text.startsWith("!"));
    }
    if (text.equals("-")) {
      return new Entry.Known(HeadingMeaning.LEFT_OUT);
    }
    boolean opposite = text.startsWith("not ");
    return new Entry.Known(
        new HeadingMeaning.Contract(column(opposite ? text.substring(4) : text), opposite));
  }

  private static Column column(String label) {
    return contract(label)
        .orElseThrow(() -> new IllegalArgumentException("there is no column " + label));
  }

  /** The column of the row contract that has this name, blanks for underscores allowed. */
  static Optional<Column> contract(String heading) {
    String spelling = HeadingText.spelling(heading);
    for (Column column : Column.values()) {
      if (column.label().replace('_', ' ').equals(spelling)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  Optional<Entry> find(String heading) {
    return Optional.ofNullable(entries.get(HeadingText.spelling(heading)));
  }

  /** Every spelling, for tests and documents. */
  Map<String, Entry> entries() {
    return Map.copyOf(entries);
  }
}
