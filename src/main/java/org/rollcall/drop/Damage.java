package org.rollcall.drop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.DamageRules.DateOrder;
import org.rollcall.file.FileException;
import org.rollcall.file.Line;
import org.rollcall.member.Column;

/**
 * What spreadsheets and exports have done to the values of a file. What has lost something is
 * refused with a reason; what only looks unusual is counted and told; dates and usual words are put
 * into the form of the row contract.
 */
final class Damage {
  private static final int SHOWN = 200;
  private static final int WORDS = 5;
  private static final Set<String> ACTIVE = Set.of("active", "current", "a");
  private static final Pattern WORD = Pattern.compile("[\\p{L} _-]{1,30}");

  private final DamageColumn[] columns;
  private final DamageRules rules;
  private final DamageKeys keys = new DamageKeys();
  private final DamageWords.Memory words = new DamageWords.Memory();
  private final Set<String> inactive = new TreeSet<>();
  private @Nullable DateOrder order;
  private long mojibake;
  private long replaced;

  /**
   * @param columns those that are read, in the order of the cells
   */
  Damage(List<DamageColumn> columns, DamageRules rules) {
    this.columns = columns.toArray(DamageColumn[]::new);
    this.rules = rules;
    this.order = rules.order();
  }

  /** Why a cell is refused. */
  private record Fault(DamageColumn column, String value, String why) {}

  /**
   * Checks a row and puts its values into the form of the row contract.
   *
   * @param cells one per column, changed in place
   * @return why the row is refused, or null
   * @throws FileException when a date may be one day or another, and nothing says which
   */
  Line.@Nullable Refused check(long number, @Nullable String[] cells) {
    for (int i = 0; i < columns.length; i++) {
      DamageColumn column = columns[i];
      String cell = cells[i];
      String text = cell == null ? "" : stripped(cell);
      if (text.isEmpty()) {
        cells[i] = column.opposite() ? blankOpposite(column) : cell;
        continue;
      }
      Fault fault = fault(column, text);
      if (fault != null) {
        return refused(number, fault);
      }
      Object better = column.column() == null ? text : converted(number, column, text);
      if (better instanceof Fault found) {
        return refused(number, found);
      }
      cells[i] = better.equals(text) ? cell : better.toString();
    }
    return null;
  }

  private static String stripped(String cell) {
    int last = cell.length() - 1;
    return last >= 0
            && (cell.charAt(0) <= ' ' || cell.charAt(last) <= ' ' || cell.charAt(last) > '~')
        ? cell.strip()
        : cell;
  }

  /** Who has not said yes to mail has not been asked, or has said no. */
  private static @Nullable String blankOpposite(DamageColumn column) {
    return column.column() == Column.MARKETING_OPT_OUT ? "true" : null;
  }

  private @Nullable Fault fault(DamageColumn column, String text) {
    if (!DamageText.isPlain(text)) {
      Fault fault = unusual(column, text);
      if (fault != null) {
        return fault;
      }
    }
    if (DamageText.isError(text)) {
      return new Fault(column, text, "shows an error of a spreadsheet instead of a value");
    }
    if (DamageText.isNull(text)) {
      return new Fault(column, text, "holds a word for nothing; leave the cell empty");
    }
    return column.isDigits() ? digits(column, text) : null;
  }

  private @Nullable Fault unusual(DamageColumn column, String text) {
    int control = DamageText.control(text);
    if (control > 0) {
      return new Fault(
          column,
          text,
          "holds a control character as character "
              + control
              + "; the file may be damaged, or its"
              + " encoding another");
    }
    if (DamageText.isReplaced(text)) {
      replaced++;
      if (column.isKey() || column.column() == Column.EMAIL) {
        return new Fault(
            column, text, "holds a sign that stands for a character lost in an earlier conversion");
      }
    }
    mojibake += DamageText.isMojibake(text) ? 1 : 0;
    return null;
  }

  private @Nullable Fault digits(DamageColumn column, String text) {
    if (DamageText.isScientific(text)) {
      return new Fault(
          column,
          text,
          "holds a number in scientific notation, whose last digits are lost; format the column as"
              + " text before the values are put in");
    }
    if (column.isKey() && DamageText.isDecimal(text)) {
      return new Fault(
          column, text, "holds a key as a fraction; format the column as text, without decimals");
    }
    Pattern pattern = rules.keyPattern();
    if (column.column() == Column.MEMBER_KEY) {
      keys.see(text);
      if (pattern != null && !pattern.matcher(text).matches()) {
        return new Fault(
            column, text, "holds a key that does not look like " + pattern + ", as declared");
      }
    }
    return null;
  }

  /** The text of the row contract, or the fault. */
  private Object converted(long number, DamageColumn column, String text) {
    Column meaning = column.column();
    if (meaning == null) {
      return text;
    }
    if (column.isDate()) {
      return date(number, column, text);
    }
    String known = DamageWords.has(meaning) ? words.contract(meaning, text) : text;
    if (meaning == Column.STATUS) {
      noteInactive(known);
    }
    return column.opposite() ? opposite(known) : known;
  }

  private void noteInactive(String word) {
    if (!ACTIVE.contains(word.toLowerCase(java.util.Locale.ROOT))
        && inactive.size() <= WORDS
        && WORD.matcher(word).matches()) {
      inactive.add(word);
    }
  }

  /** What is neither yes nor no stays, so that the row contract refuses it. */
  private static String opposite(String word) {
    return switch (word.toLowerCase(java.util.Locale.ROOT)) {
      case "t", "true", "y", "yes", "1" -> "false";
      case "f", "false", "n", "no", "0" -> "true";
      default -> word;
    };
  }

  private Object date(long number, DamageColumn column, String text) {
    DamageDates.Result result = DamageDates.read(text, order, column.column() == Column.BIRTHDAY);
    if (result instanceof DamageDates.Result.Read read) {
      order = order == null ? read.order() : order;
      return read.iso();
    }
    if (result instanceof DamageDates.Result.Damaged damaged) {
      return new Fault(column, text, damaged.why());
    }
    if (result instanceof DamageDates.Result.Ambiguous) {
      throw ambiguous(number, column);
    }
    return text;
  }

  private FileException ambiguous(long number, DamageColumn column) {
    return new FileException(
        number,
        column.named()
            + " holds dates whose day and month cannot be told apart, and no other date shows which"
            + " comes first",
        "write " + rules.setting() + "dates=day-first or month-first",
        null);
  }

  /**
   * Looks at a row that will be checked later, for how the file writes its dates.
   *
   * @param cells one per column; not changed
   * @throws FileException when some dates can only be read one way and some only the other
   */
  void learn(long number, @Nullable String[] cells) {
    for (int i = 0; i < columns.length && rules.order() == null; i++) {
      String cell = columns[i].isDate() ? cells[i] : null;
      if (cell != null && !cell.isBlank()) {
        boolean yearless = columns[i].column() == Column.BIRTHDAY;
        DamageDates.Result result = DamageDates.read(cell.strip(), null, yearless);
        if (result instanceof DamageDates.Result.Read read && read.order() != null) {
          learn(number, columns[i], read.order());
        }
      }
    }
  }

  private void learn(long number, DamageColumn column, DateOrder found) {
    if (order != null && order != found) {
      throw new FileException(
          number,
          column.named()
              + " holds a date written "
              + found.words()
              + ", and dates before it are "
              + order.words(),
          "correct the dates, or write "
              + rules.setting()
              + "dates="
              + order.words()
              + " to have only the others refused",
          null);
    }
    order = found;
  }

  private static Line.Refused refused(long number, Fault fault) {
    String printable = fault.value().replaceAll("\\p{Cntrl}", "?");
    return new Line.Refused(
        number,
        fault.column().number(),
        printable.length() > SHOWN ? printable.substring(0, SHOWN) : printable,
        fault.column().named() + " " + fault.why());
  }

  /** What was found and not refused, one sentence each; whole after the last row. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (mojibake > 0) {
      notes.add(
          "%d %s like text that was decoded wrongly before it came here (\u00c3\u00bc for \u00fc);"
                  .formatted(mojibake, mojibake == 1 ? "value looks" : "values look")
              + " correct the export.");
    }
    if (replaced > 0) {
      notes.add(
          "%d %s characters that were lost before the file came here (\ufffd)."
              .formatted(
                  replaced, replaced == 1 ? "value holds signs for" : "values hold signs for"));
    }
    keys.note(rules.setting() + "key-pattern").ifPresent(notes::add);
    if (!inactive.isEmpty()) {
      notes.add(
          "Members with these words as their status count as inactive: "
              + String.join(", ", inactive.stream().limit(WORDS).toList())
              + (inactive.size() > WORDS ? " and others." : "."));
    }
    if (order != null && order != rules.order()) {
      notes.add("Dates were found to be written " + order.words() + ".");
    }
    return notes;
  }
}
