package org.rollcall.drop;

import org.rollcall.member.Column;

/** What one column of a file is. */
sealed interface HeadingMeaning {
  /**
   * A column of the row contract.
   *
   * @param opposite whether the file says the opposite, as an opt-in says of an opt-out
   */
  record Contract(Column column, boolean opposite) implements HeadingMeaning {
    @Override
    public String toString() {
      return (opposite ? "not " : "") + column.label();
    }
  }

  /** A custom field under its own name. */
  record Custom(String name) implements HeadingMeaning {
    @Override
    public String toString() {
      return "custom field " + name;
    }
  }

  /** Not read at all. */
  record LeftOut() implements HeadingMeaning {
    @Override
    public String toString() {
      return "left out";
    }
  }

  HeadingMeaning LEFT_OUT = new LeftOut();

  static HeadingMeaning of(Column column) {
    return new Contract(column, false);
  }
}
