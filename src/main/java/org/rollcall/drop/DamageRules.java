package org.rollcall.drop;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.DropSettings;

/**
 * What is declared about the values of a file.
 *
 * @param setting the beginning of the keys of its settings
 * @param order how dates are written, null when it is to be found out
 * @param keyPattern what every key looks like, null when nothing is known
 */
record DamageRules(String setting, @Nullable DateOrder order, @Nullable Pattern keyPattern) {
  /** How the parts of a date follow each other. */
  enum DateOrder {
    ISO,
    DAY_FIRST,
    MONTH_FIRST;

    String words() {
      return switch (this) {
        case ISO -> "iso";
        case DAY_FIRST -> "day-first";
        case MONTH_FIRST -> "month-first";
      };
    }
  }

  static DamageRules of(DropSettings drop) {
    String dates = drop.dates();
    DateOrder order = null;
    for (DateOrder one : DateOrder.values()) {
      order = one.words().equals(dates) ? one : order;
    }
    return new DamageRules(HeadingRules.of(drop).key(""), order, drop.keyPattern());
  }
}
