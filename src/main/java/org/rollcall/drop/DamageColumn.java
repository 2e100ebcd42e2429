package org.rollcall.drop;

import org.jspecify.annotations.Nullable;
import org.rollcall.member.Column;

/**
 * A column that is read.
 *
 * @param number in the file from 1, or 0 when the file does not have it
 * @param heading as the file names it, for messages
 */
record DamageColumn(int number, String heading, HeadingMeaning meaning) {
  /** The column of the row contract; null for a custom field. */
  @Nullable Column column() {
    return meaning instanceof HeadingMeaning.Contract contract ? contract.column() : null;
  }

  boolean opposite() {
    return meaning instanceof HeadingMeaning.Contract contract && contract.opposite();
  }

  boolean isKey() {
    Column column = column();
    return column == Column.MEMBER_KEY || column == Column.PARENT_KEY;
  }

  /** Whether spreadsheets take its values for numbers though they are none. */
  boolean isDigits() {
    Column column = column();
    return isKey() || column == Column.PHONE || column == Column.POSTAL_CODE;
  }

  boolean isDate() {
    Column column = column();
    return column == Column.BIRTHDAY
        || column == Column.ANNIVERSARY
        || column == Column.OPT_IN_AT
        || column == Column.UPDATED_AT;
  }

  /** For a reason that staff read. */
  String named() {
    return "the column " + HeadingText.quoted(heading);
  }
}
