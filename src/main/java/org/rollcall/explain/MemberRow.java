package org.rollcall.explain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
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
    @Nullable Instant readAt,
    boolean byHand,
    Hand hand) {

  /**
   * What staff did to this membership and its group.
   *
   * @param made when it was made by hand, {@code taken} when it was taken away again, {@code
   *     chosen} when the group was selected or deselected
   */
  record Hand(@Nullable Deed made, @Nullable Deed taken, @Nullable Deed chosen) {}

  /** Who did it, and when. */
  record Deed(String by, Instant at) {
    static @Nullable Deed of(ResultSet row, String what) throws SQLException {
      String by = row.getString(what + "_by");
      return by == null
          ? null
          : new Deed(by, Objects.requireNonNull(Query.instant(row, what + "_at")));
    }

    @Override
    public String toString() {
      return "by " + by + " at " + Moment.of(at);
    }
  }

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
        Query.instant(row, "read_at"),
        row.getBoolean("by_hand"),
        new Hand(Deed.of(row, "made"), Deed.of(row, "taken"), Deed.of(row, "chosen")));
  }

  /** A member who was erased has rows without anything in them. */
  boolean erased() {
    return "ERASED_ON_REQUEST".equals(reason);
  }
}
