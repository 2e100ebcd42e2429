package org.rollcall.member;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where each column of a source stands. Names are matched without regard to case; custom fields are
 * ordered by name, so that a source which reorders its columns still yields the same rows.
 */
public final class Columns {
  private static final Map<String, Column> BY_LABEL = new HashMap<>();

  static {
    for (Column column : Column.values()) {
      BY_LABEL.put(column.label(), column);
    }
  }

  /** A column without a meaning of its own. */
  public record CustomField(String name, int index) {}

  private final List<String> names;
  private final @Nullable Column[] meanings;
  private final int[] indexes = new int[Column.values().length];
  private final List<CustomField> customFields;

  private Columns(List<String> names) {
    this.names = names;
    this.meanings = names.stream().map(BY_LABEL::get).toArray(Column[]::new);
    Arrays.fill(indexes, -1);
    for (int i = 0; i < meanings.length; i++) {
      Column meaning = meanings[i];
      if (meaning != null) {
        indexes[meaning.ordinal()] = i;
      }
    }
    this.customFields =
        IntStream.range(0, meanings.length)
            .filter(i -> meanings[i] == null)
            .mapToObj(i -> new CustomField(names.get(i), i))
            .sorted(Comparator.comparing(CustomField::name))
            .toList();
  }

  /**
   * The columns of a source, in its order.
   *
   * @throws RowException when member_key is missing, a name comes twice, or both group and groups
   *     are there
   */
  public static Columns of(List<String> labels) {
    List<String> names = labels.stream().map(l -> l.strip().toLowerCase(Locale.ROOT)).toList();
    refuseRepeated(names);
    if (!names.contains(Column.MEMBER_KEY.label())) {
      throw new RowException(
          "there is no column member_key; the columns are " + String.join(", ", names),
          "name the key that never changes member_key, as in SELECT id AS member_key");
    }
    if (names.contains(Column.GROUP.label()) && names.contains(Column.GROUPS.label())) {
      throw new RowException(
          "there is a column group and a column groups",
          "keep group for one group a row, or groups for several");
    }
    return new Columns(names);
  }

  private static void refuseRepeated(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new RowException(
            "there are two columns named " + name, "give each column a name of its own");
      }
    }
  }

  /** Names in lower case, in the order of the source. */
  public List<String> names() {
    return names;
  }

  public int count() {
    return meanings.length;
  }

  /** The position of a column from 0, or -1 when the source does not have it. */
  public int index(Column column) {
    return indexes[column.ordinal()];
  }

  /** What the column at a position means; null for a custom field. */
  public @Nullable Column meaning(int index) {
    return meanings[index];
  }

  public List<CustomField> customFields() {
    return customFields;
  }
}
