package org.rollcall.member;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source row by the meaning of its columns. Cells are texts as a database prints them; they are
 * read when asked for, so that a row costs nothing beyond what is used.
 *
 * <p>One instance serves a whole read: {@link #reset} puts the next row's cells in place.
 */
public final class Row {
  private static final int SHOWN_WORD = 30;

  private final Columns columns;
  private final ZoneId zone;
  private @Nullable String[] cells;
  private @Nullable String @Nullable [] groupArray;

  /**
   * @param zone where a time without an offset was taken
   */
  public Row(Columns columns, ZoneId zone) {
    this.columns = columns;
    this.zone = zone;
    this.cells = new String[columns.count()];
  }

  /**
   * @param cells one text per column, in the order of the source
   * @param groupArray the groups, when the source gives them as an array; else their cell is read
   */
  public void reset(@Nullable String[] cells, @Nullable String @Nullable [] groupArray) {
    this.cells = cells;
    this.groupArray = groupArray;
  }

  /** The text of a column without white space around it; null when blank or not there. */
  public @Nullable String text(Column column) {
    int index = columns.index(column);
    return index < 0 ? null : Texts.trimmed(cells[index]);
  }

  /** The text of a custom field; null when blank. */
  public @Nullable String text(Columns.CustomField field) {
    return Texts.trimmed(cells[field.index()]);
  }

  /** An e-mail address as given, invisible characters and all. */
  public @Nullable String rawEmail() {
    int index = columns.index(Column.EMAIL);
    return index < 0 ? null : cells[index];
  }

  /**
   * The key of the member.
   *
   * @throws RowException when it is blank or holds control characters
   */
  public String key() {
    String key = text(Column.MEMBER_KEY);
    if (key == null) {
      throw new RowException(
          "the column member_key is empty", "every row needs the key of its member");
    }
    if (Texts.hasControl(key)) {
      throw new RowException(
          "the column member_key holds a control character", "keys are printable text");
    }
    return key;
  }

  /** The kind; a row with a company name and no person's name is a company. */
  public Kind kind() {
    String word = text(Column.KIND);
    if (word != null) {
      return word(Column.KIND, word, Kind.values());
    }
    boolean unnamed = text(Column.FIRST_NAME) == null && text(Column.LAST_NAME) == null;
    return unnamed && text(Column.COMPANY_NAME) != null ? Kind.COMPANY : Kind.PERSON;
  }

  public Role role() {
    String word = text(Column.ROLE);
    return word == null ? Role.MEMBER : word(Column.ROLE, word, Role.values());
  }

  public Membership membership() {
    String word = text(Column.MEMBERSHIP);
    return word == null
        ? Membership.PRIMARY
        : word(Column.MEMBERSHIP, word, Membership.values());
  }

  private static <E extends Enum<E>> E word(Column column, String word, E[] allowed) {
    for (E value : allowed) {
      if (value.name().equalsIgnoreCase(word)) {
        return value;
      }
    }
    List<String> names = new ArrayList<>();
    for (E value : allowed) {
      names.add(value.name().toLowerCase(Locale.ROOT));
    }
    throw wrong(column, word, "one of " + String.join(", ", names) + " is expected");
  }

  /** Whether the member itself is active; a blank status counts as active. */
  public boolean active() {
    String word = text(Column.STATUS);
    return word == null
        || word.equalsIgnoreCase("active")
        || word.equalsIgnoreCase("current")
        || word.equalsIgnoreCase("a");
  }

  public boolean enabled() {
    return flag(Column.ENABLED, true);
  }

  public boolean optedOut() {
    return flag(Column.MARKETING_OPT_OUT, false);
  }

  public boolean hasLogin() {
    return flag(Column.HAS_LOGIN, false);
  }

  private boolean flag(Column column, boolean otherwise) {
    String word = text(column);
    if (word == null) {
      return otherwise;
    }
    return switch (word.length() == 1 ? word : word.toLowerCase(Locale.ROOT)) {
      case "t", "T", "y", "Y", "1", "true", "yes" -> true;
      case "f", "F", "n", "N", "0", "false", "no" -> false;
      default ->
          throw wrong(
              column, word, "a boolean, true or false, yes or no, y or n, 1 or 0 is expected");
    };
  }

  /** When fresh consent was given, if it was. */
  public @Nullable Instant optInAt() {
    return moment(Column.OPT_IN_AT);
  }

  public @Nullable Instant updatedAt() {
    return moment(Column.UPDATED_AT);
  }

  private @Nullable Instant moment(Column column) {
    String text = text(column);
    if (text == null) {
      return null;
    }
    Instant moment = Moments.instant(text, zone);
    if (moment == null) {
      throw new RowException(
          "the column " + column.label() + " holds no time",
          "a timestamp or an ISO text such as 2026-11-21T20:00:00Z is expected");
    }
    return moment;
  }

  /** {@code YYYY-MM-DD} or {@code MM-DD}; null when blank or not a date. */
  public @Nullable String birthday() {
    String text = text(Column.BIRTHDAY);
    return text == null ? null : Moments.birthday(text);
  }

  /** {@code YYYY-MM-DD}; null when blank or not a date. */
  public @Nullable String anniversary() {
    String text = text(Column.ANNIVERSARY);
    return text == null ? null : Moments.date(text);
  }

  /** The groups the row names, each once, in the row's order; empty when it names none. */
  public List<String> groups() {
    String one = text(Column.GROUP);
    if (one != null) {
      return List.of(plain(one));
    }
    if (groupArray != null) {
      return distinct(groupArray);
    }
    String several = text(Column.GROUPS);
    if (several == null) {
      return List.of();
    }
    return several.indexOf(';') < 0
        ? List.of(plain(several))
        : distinct(several.split(";"));
  }

  private static List<String> distinct(@Nullable String[] names) {
    Set<String> groups = new LinkedHashSet<>();
    for (String name : names) {
      String trimmed = Texts.trimmed(name);
      if (trimmed != null) {
        groups.add(plain(trimmed));
      }
    }
    return List.copyOf(groups);
  }

  private static String plain(String group) {
    if (Texts.hasControl(group)) {
      throw new RowException(
          "the name of a group holds a control character", "groups have printable names");
    }
    return group;
  }

  private static RowException wrong(Column column, String word, String expected) {
    String shown = isPlainWord(word) ? " holds \"" + word + "\"" : " holds something else";
    return new RowException("the column " + column.label() + shown, expected);
  }

  /** Values are only repeated when they look like a word of a vocabulary, not like data. */
  private static boolean isPlainWord(String word) {
    return word.length() <= SHOWN_WORD
        && word.chars().allMatch(c -> c == '_' || c == '-' || (c < 128 && Character.isLetter(c)));
  }
}
