package org.rollcall.explain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;

/** One row of the member, with the list of its group. */
record MemberRow(
    String group,
    boolean present,
    @Nullable String given,
    @Nullable String address,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String name,
    boolean contactWinner,
    boolean combined,
    boolean selected,
    @Nullable String list,
    @Nullable String listState,
    boolean adopted,
    @Nullable Instant readAt) {

  static MemberRow of(ResultSet row) throws SQLException {
    return new MemberRow(
        row.getString("group_name"),
        row.getBoolean("present"),
        row.getString("email"),
        row.getString("address"),
        row.getString("reason"),
        row.getString("detail"),
        row.getString("display_name"),
        row.getBoolean("contact_winner"),
        row.getBoolean("combined"),
        row.getBoolean("selected"),
        row.getString("list"),
        row.getString("list_state"),
        row.getBoolean("adopted"),
        Query.instant(row, "read_at"));
  }

  /** A member who was erased has rows without anything in them. */
  boolean erased() {
    return "ERASED_ON_REQUEST".equals(reason);
  }
}
