package org.rollcall.stage;

import java.sql.Array;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;

/** The values of a row that came as a map, as texts. */
final class MapCells {
  private final List<String> keys;
  private final Columns columns;

  MapCells(Map<String, ?> row) {
    this.keys = new ArrayList<>(row.keySet());
    this.columns = Columns.of(keys);
  }

  Columns columns() {
    return columns;
  }

  /** Whether a row has the same columns, in whatever order. */
  boolean fit(Map<String, ?> row) {
    return row.size() == keys.size() && row.keySet().containsAll(keys);
  }

  @Nullable String[] texts(Map<String, ?> row) throws SQLException {
    @Nullable String[] texts = new String[keys.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(row.get(keys.get(i)), columns.meaning(i));
    }
    return texts;
  }

  @Nullable String @Nullable [] groups(Map<String, ?> row) throws SQLException {
    int index = columns.index(Column.GROUPS);
    Object groups = index < 0 ? null : row.get(keys.get(index));
    if (groups instanceof Array array) {
      return Cells.strings(array);
    }
    if (groups instanceof Collection<?> collection) {
      return strings(collection.toArray());
    }
    return groups instanceof Object[] array ? strings(array) : null;
  }

  private static @Nullable String[] strings(Object[] values) {
    @Nullable String[] strings = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      strings[i] = values[i] == null ? null : values[i].toString();
    }
    return strings;
  }

  private static @Nullable String text(@Nullable Object value, @Nullable Column column)
      throws SQLException {
    if (value == null) {
      return null;
    }
    if (value instanceof Timestamp timestamp) {
      return isDay(column)
          ? timestamp.toLocalDateTime().toString()
          : timestamp.toInstant().toString();
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned.toOffsetDateTime().toString();
    }
    if (value.getClass() == Date.class) {
      return ((Date) value).toInstant().toString();
    }
    if (value instanceof Clob clob) {
      return clob.getSubString(1, (int) Math.min(clob.length(), Integer.MAX_VALUE));
    }
    return value.toString();
  }

  private static boolean isDay(@Nullable Column column) {
    return column == Column.BIRTHDAY || column == Column.ANNIVERSARY;
  }
}
