package org.rollcall.member;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source row by the meaning of its columns. Cells are texts as a database prints them; they are
 * read when asked for, so that a row costs nothing beyond what is used.
 *
 * <p>One instance serves a whole read: {@link #reset} puts the next row's cells in place.
 */
public final class Row {
  private final Columns columns;
  private final ZoneId zone;
  private final int emailIndex;
  private final Vocabulary<Kind> kinds = new Vocabulary<>(Column.KIND, Kind.values());
  private final Vocabulary<Role> roles = new Vocabulary<>(Column.ROLE, Role.values());
  private final Vocabulary<Membership> memberships =
      new Vocabulary<>(Column.MEMBERSHIP, Membership.values());
  private @Nullable String[] cells;
  private @Nullable String @Nullable [] groupArray;

  /**
   * @param zone where a time without an offset was taken
   */
  public Row(Columns columns, ZoneId zone) {
    this.columns = columns;
    this.zone = zone;
    this.emailIndex = columns.index(Column.EMAIL);
    this.cells = new String[columns.count()];
  }

  /**
   * @param cells one text per column, in the order of the source; trimmed in place
   * @param groupArray the groups, when the source gives them as an array; else their cell is read
   */
  public void reset(@Nullable String[] cells, @Nullable String @Nullable [] groupArray) {
    this.cells = cells;
    this.groupArray = groupArray;
    for (int i = 0; i < cells.length; i++) {
      if (i != emailIndex) {
        cells[i] = Texts.trimmed(cells[i]);
      }
    }
  }

  /**
   * The text of a column, without white space around it unless it is the e-mail address; null when
   * blank or not there.
   */
  public @Nullable String text(Column column) {
    int index = columns.index(column);
    return index < 0 ? null : cells[index];
  }

  /** The text of a custom field; null when blank. */
  public @Nullable String text(Columns.CustomField field) {
    return cells[field.index()];
  }

  /** The e-mail address as given, with everything around it. */
  public @Nullable String rawEmail() {
    return text(Column.EMAIL);
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
      return kinds.meaning(word);
    }
    boolean unnamed = text(Column.FIRST_NAME) == null && text(Column.LAST_NAME) == null;
    return unnamed && text(Column.COMPANY_NAME) != null ? Kind.COMPANY : Kind.PERSON;
  }

  public Role role() {
    String word = text(Column.ROLE);
    return word == null ? Role.MEMBER : roles.meaning(word);
  }

  public Membership membership() {
    String word = text(Column.MEMBERSHIP);
    return word == null ? Membership.PRIMARY : memberships.meaning(word);
  }

  /** Whether the member itself is active; a blank status counts as active. */
  public boolean active() {
    String word = text(Column.STATUS);
    return word == null
        || word.equals("active")
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
    if (word.length() == 1) {
      switch (word.charAt(0)) {
        case 't', 'T', 'y', 'Y', '1' -> {
          return true;
        }
        case 'f', 'F', 'n', 'N', '0' -> {
          return false;
        }
        default -> throw noFlag(column, word);
      }
    }
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("yes")) {
      return true;
    }
    if (word.equalsIgnoreCase("false") || word.equalsIgnoreCase("no")) {
      return false;
    }
    throw noFlag(column, word);
  }

  private static RowException noFlag(Column column, String word) {
    return Vocabulary.wrong(
        column, word, "a boolean, true or false, yes or no, y or n, 1 or 0 is expected");
  }

  /** When fresh consent was given, if it was. */
  public @Nullable Instant optInAt() {
    return moment(Column.OPT_IN_AT);
  }

  /** Why {@link #optInAt} is no evidence of consent; null when it is, or when there is none. */
  public @Nullable String optInFlaw() {
    String text = text(Column.OPT_IN_AT);
    if (text == null) {
      return null;
    }
    if (!Moments.hasOffset(text)) {
      return "no time zone";
    }
    return text(Column.OPT_IN_SOURCE) == null ? "no source" : null;
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
    return several.indexOf(';') < 0 ? List.of(plain(several)) : distinct(several.split(";"));
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
}
