package org.rollcall.drop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.FileException;
import org.rollcall.file.Line;
import org.rollcall.file.Table;
import org.rollcall.member.Column;
import org.rollcall.settings.DropSettings;

/** What the columns of one file are, ready for reading its rows. */
final class Heading {
  private static final Pattern COLUMN = Pattern.compile("the column ([a-z_]+)");
  private static final int TOLD = 5;

  private final List<String> header;
  private final List<HeadingMeaning> meanings;
  private final List<String> names = new ArrayList<>();
  private final int[] indexes;
  private final boolean keyIsEmail;
  private final List<String> notes;
  private final Damage damage;

  private Heading(List<String> header, HeadingMapping mapping, DropSettings drop) {
    this.header = header;
    this.meanings = mapping.meanings();
    this.keyIsEmail = drop.keyIsEmail();
    this.notes = mapping.notes();
    List<HeadingMeaning> read = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < meanings.size(); i++) {
      if (!(meanings.get(i) instanceof HeadingMeaning.LeftOut)) {
        add(i, read, places);
      }
    }
    if (keyIsEmail) {
      names.add(Column.MEMBER_KEY.label());
      read.add(HeadingMeaning.of(Column.MEMBER_KEY));
      places.add(-1);
    }
    this.indexes = places.stream().mapToInt(Integer::intValue).toArray();
    this.damage = new Damage(columns(read), DamageRules.of(drop));
  }

  private void add(int index, List<HeadingMeaning> read, List<Integer> places) {
    read.add(meanings.get(index));
    names.add(HeadingMapper.name(meanings.get(index)));
    places.add(index);
  }

  private List<DamageColumn> columns(List<HeadingMeaning> read) {
    List<DamageColumn> columns = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      int at = indexes[i];
      columns.add(
          new DamageColumn(
              at + 1, at < 0 ? names.get(i) : HeadingText.shown(header.get(at)), read.get(i)));
    }
    return columns;
  }

  /**
   * Maps the columns of a file.
   *
   * @param before the header of the last file that was taken, or empty
   * @throws FileException naming every column that stands in the way, and the settings that help
   */
  static Heading of(List<String> header, DropSettings drop, List<String> before) {
    HeadingMapping mapping = HeadingMapper.map(header, HeadingRules.of(drop), before);
    if (!mapping.problems().isEmpty()) {
      throw refusal(mapping.problems());
    }
    return new Heading(header, mapping, drop);
  }

  private static FileException refusal(List<HeadingProblem> problems) {
    String told =
        problems.stream()
            .limit(TOLD)
            .map(problem -> problem.what() + " (" + problem.remedy() + ")")
            .collect(Collectors.joining("; "));
    int more = problems.size() - TOLD;
    return new FileException(0, told + (more > 0 ? "; and " + more + " more" : ""), "", null);
  }

  /** The names for the row contract, those of custom fields in lower case. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** For each of the names the column of the file from 0, or -1 for an address as key. */
  int[] indexes() {
    return indexes.clone();
  }

  int index(int name) {
    return indexes[name];
  }

  boolean keyIsEmail() {
    return keyIsEmail;
  }

  /** What people should know about the columns, one sentence each. */
  List<String> notes() {
    return notes;
  }

  /** What each column of a file is taken for, in the order of the file, for people. */
  static Map<String, String> meanings(List<String> header, DropSettings drop) {
    List<HeadingMeaning> meanings =
        HeadingMapper.map(header, HeadingRules.of(drop), List.of()).meanings();
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < meanings.size(); i++) {
      String name = HeadingText.shown(header.get(i));
      String shown = name.isEmpty() ? "(column " + (i + 1) + ")" : name;
      all.put(
          all.containsKey(shown) ? shown + " (column " + (i + 1) + ")" : shown,
          meanings.get(i).toString());
    }
    return all;
  }

  /**
   * The column of the file that a sentence about a row names, from 1; 0 when it names none.
   *
   * @param sentence as {@link org.rollcall.member.RowException} says it
   */
  int columnNamedIn(String sentence) {
    Matcher matcher = COLUMN.matcher(sentence);
    int at = matcher.find() ? names.indexOf(matcher.group(1).toLowerCase(Locale.ROOT)) : -1;
    return at < 0 ? 0 : indexes[at] + 1;
  }

  /**
   * A table that has been read ahead far enough to know how its dates are written.
   *
   * @throws FileException when they can be read in two ways and the settings do not say which
   */
  Table ahead(Table table) {
    return DamageAhead.of(table, damage, indexes);
  }

  /**
   * What spreadsheets and exports have done to a row; puts dates and words into the form of the row
   * contract otherwise.
   *
   * @param cells by {@link #names}; changed in place
   */
  Line.@Nullable Refused damage(long number, @Nullable String[] cells) {
    return damage.check(number, cells);
  }

  /** What was found in the rows, one sentence each; whole after the last row. */
  List<String> findings() {
    return damage.notes();
  }

  @Override
  public String toString() {
    return names + " of columns " + Arrays.toString(indexes);
  }
}
