package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of an import: flat texts, null where nothing was sent. */
final class ImportRow {
  enum Column {
    EMAIL,
    FIRST_NAME,
    LAST_NAME,
    JOB_TITLE,
    COMPANY_NAME,
    BIRTHDAY_MONTH,
    BIRTHDAY_DAY,
    ANNIVERSARY,
    PHONE,
    HOME_PHONE,
    WORK_PHONE,
    MOBILE_PHONE,
    OTHER_PHONE,
    STREET,
    STREET2,
    CITY,
    STATE,
    ZIP,
    COUNTRY,
    HOME_STREET,
    HOME_STREET2,
    HOME_CITY,
    HOME_STATE,
    HOME_ZIP,
    HOME_COUNTRY,
    WORK_STREET,
    WORK_STREET2,
    WORK_CITY,
    WORK_STATE,
    WORK_ZIP,
    WORK_COUNTRY,
    OTHER_STREET,
    OTHER_STREET2,
    OTHER_CITY,
    OTHER_STATE,
    OTHER_ZIP,
    OTHER_COUNTRY
  }

  private static final Column[] COLUMNS = Column.values();
  private static final Map<String, Column> BY_NAME = new HashMap<>();

  static {
    for (Column column : COLUMNS) {
      BY_NAME.put(column.name().toLowerCase(Locale.ROOT), column);
    }
  }

  /** Counted from the header, which is line 1. */
  final int line;

  private final @Nullable String[] values = new String[COLUMNS.length];
  final List<String> fieldNames = new ArrayList<>(4);
  final List<String> fieldValues = new ArrayList<>(4);

  ImportRow(int line) {
    this.line = line;
  }

  /** Names that are neither a column nor a custom field are ignored. */
  void set(String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    Column column = BY_NAME.get(name);
    if (column != null) {
      values[column.ordinal()] = value;
    } else if (name.startsWith("cf:")) {
      fieldNames.add(name.substring(3));
      fieldValues.add(value);
    }
  }

  @Nullable String get(Column column) {
    return values[column.ordinal()];
  }

  @Nullable String get(Column first, int offset) {
    return values[first.ordinal() + offset];
  }
}
