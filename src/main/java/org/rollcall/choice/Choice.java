package org.rollcall.choice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;

/**
 * What somebody chose for a group.
 *
 * @param by the user
 */
public record Choice(boolean selected, String by, Instant at) {
  /** From a row of {@code choice/groups}; null when nobody chose. */
  static @Nullable Choice of(ResultSet row) throws SQLException {
    String by = row.getString("chosen_by");
    return by == null
        ? null
        : new Choice(
            row.getBoolean("chosen"), by, Objects.requireNonNull(Query.instant(row, "chosen_at")));
  }
}
