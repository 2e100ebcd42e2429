package org.rollcall.stage;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;
import org.rollcall.member.Row;

/** Takes the cells of a cursor's current row over into a {@link Row}, as texts. */
final class Cells {
  private enum Form {
    TEXT,
    BIT,
    GROUPS
  }

  private final Form[] forms;
  private final @Nullable String[] texts;

  private Cells(Form[] forms) {
    this.forms = forms;
    this.texts = new String[forms.length];
  }

  static Columns columns(ResultSetMetaData source) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= source.getColumnCount(); i++) {
      labels.add(source.getColumnLabel(i));
    }
    return Columns.of(labels);
  }

  static Cells of(Columns columns, ResultSetMetaData source) throws SQLException {
    Form[] forms = new Form[columns.count()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = form(columns.meaning(i), source, i + 1);
    }
    return new Cells(forms);
  }

  private static Form form(@Nullable Column column, ResultSetMetaData source, int index)
      throws SQLException {
    int type = source.getColumnType(index);
    if (column == Column.GROUPS && type == Types.ARRAY) {
      return Form.GROUPS;
    }
    boolean bits = source.getColumnTypeName(index).toUpperCase(Locale.ROOT).startsWith("BIT");
    return bits && column != null && column.isFlag() ? Form.BIT : Form.TEXT;
  }

  void readInto(Row row, ResultSet source) throws SQLException {
    @Nullable String[] groups = null;
    for (int i = 0; i < forms.length; i++) {
      switch (forms[i]) {
        case TEXT -> texts[i] = source.getString(i + 1);
        case BIT -> texts[i] = bit(source, i + 1);
        case GROUPS -> groups = strings(source.getArray(i + 1));
      }
    }
    row.reset(texts, groups);
  }

  /** Some drivers print a BIT as a character of that code; asked for a boolean, all agree. */
  private static @Nullable String bit(ResultSet source, int index) throws SQLException {
    boolean flag = source.getBoolean(index);
    return source.wasNull() ? null : flag ? "t" : "f";
  }

  static @Nullable String @Nullable [] strings(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    Object[] values = (Object[]) array.getArray();
    @Nullable String[] strings = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      strings[i] = values[i] == null ? null : values[i].toString();
    }
    array.free();
    return strings;
  }
}
