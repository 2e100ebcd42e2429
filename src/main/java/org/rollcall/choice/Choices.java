package org.rollcall.choice;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.rollcall.member.GroupSelection;
import org.rollcall.run.Target;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** What staff chose for single groups, in the hub's database. */
public final class Choices {
  private final Store store;

  public Choices(Store store) {
    this.store = store;
  }

  /** The setting, and over it what was chosen. */
  public GroupSelection selection(Target target) {
    return store.transaction(connection -> selection(connection, target));
  }

  /** The same within a transaction. */
  public static GroupSelection selection(Connection connection, Target target) throws SQLException {
    Map<String, Boolean> chosen = new HashMap<>();
    about(
            connection,
            target,
            "SELECT group_name, selected FROM group_choice"
                + " WHERE account_id = :account AND sync_id = :sync")
        .each(row -> chosen.put(row.getString("group_name"), row.getBoolean("selected")));
    return GroupSelection.of(target.sync().groups(), chosen);
  }

  static void choose(
      Connection connection, Target target, String group, boolean selected, String by, Instant at)
      throws SQLException {
    about(
            connection,
            target,
            "INSERT INTO group_choice (account_id, sync_id, group_name, selected, chosen_by, chosen_at)"
                + " VALUES (:account, :sync, :group, :selected, :by, :at)"
                + " ON CONFLICT (account_id, sync_id, group_name) DO UPDATE SET"
                + " selected = excluded.selected, chosen_by = excluded.chosen_by,"
                + " chosen_at = excluded.chosen_at"
                + " WHERE group_choice.selected <> excluded.selected")
        .bind("group", group)
        .bind("selected", selected)
        .bind("by", by)
        .bind("at", at)
        .update();
  }

  /** The setting decides again. */
  static void drop(Connection connection, Target target, String group) throws SQLException {
    about(
            connection,
            target,
            "DELETE FROM group_choice"
                + " WHERE account_id = :account AND sync_id = :sync AND group_name = :group")
        .bind("group", group)
        .update();
  }

  static Query about(Connection connection, Target target, String sql) {
    return Query.of(connection, sql)
        .bind("account", target.accountId())
        .bind("sync", target.syncId());
  }
}
