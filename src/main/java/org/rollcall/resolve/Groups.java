package org.rollcall.resolve;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.rollcall.run.Run;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Which groups the source has, which of them synchronise, and into which list. */
public final class Groups {
  private final Store store;

  public Groups(Store store) {
    this.store = store;
  }

  /**
   * Takes over new groups from the members and the present selection; members of groups that are
   * selected otherwise than before are judged anew.
   */
  public void refresh(Run run, Predicate<String> selected) {
    store.run(
        connection -> {
          run.fence(connection);
          Map<String, Boolean> changed = changed(connection, run, selected);
          for (String group : known(connection, run)) {
            int list = list(connection, run, listName(run.target().sync(), group));
            Query.of(
                    connection,
                    "INSERT INTO sync_group (account_id, sync_id, group_name, list_no, selected)"
                        + " VALUES (:account, :sync, :group, :list, :selected)"
                        + " ON CONFLICT (account_id, sync_id, group_name) DO UPDATE SET"
                        + " list_no = excluded.list_no, selected = excluded.selected"
                        + " WHERE (sync_group.list_no, sync_group.selected)"
                        + " IS DISTINCT FROM (excluded.list_no, excluded.selected)")
                .bind("account", run.account())
                .bind("sync", run.sync())
                .bind("group", group)
                .bind("list", list)
                .bind("selected", selected.test(group))
                .update();
          }
          if (!changed.isEmpty()) {
            select(connection, run, changed);
            judge(connection, run, changed);
          }
        });
  }

  /** Whether a group is selected otherwise than at the last refresh. */
  public boolean stale(Run run, Predicate<String> selected) {
    return store.transaction(connection -> !changed(connection, run, selected).isEmpty());
  }

  private static Map<String, Boolean> changed(
      Connection connection, Run run, Predicate<String> selected) throws SQLException {
    Map<String, Boolean> changed = new TreeMap<>();
    Query.of(
            connection,
            "SELECT group_name, selected FROM sync_group"
                + " WHERE account_id = :account AND sync_id = :sync")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .each(
            row -> {
              String group = row.getString("group_name");
              if (selected.test(group) != row.getBoolean("selected")) {
                changed.put(group, selected.test(group));
              }
            });
    return changed;
  }

  /** Groups that nobody is in any more have lists all the same. */
  private static void select(Connection connection, Run run, Map<String, Boolean> changed)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE sync_group g SET selected = c.selected"
                + " FROM unnest(:groups::text[], :selected::boolean[]) AS c(group_name, selected)"
                + " WHERE g.account_id = :account AND g.sync_id = :sync"
                + " AND g.group_name = c.group_name AND g.selected <> c.selected")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("groups", changed.keySet().toArray(String[]::new))
        .bind("selected", changed.values().toArray(Boolean[]::new))
        .update();
  }

  private static void judge(Connection connection, Run run, Map<String, Boolean> changed)
      throws SQLException {
    Resolve.query(connection, run, "resolve/choice_delta")
        .bind("groups", changed.keySet().toArray(String[]::new))
        .bind("selected", changed.values().toArray(Boolean[]::new))
        .update();
    Resolve.keepFields(connection, run, "delta");
    int judged = Resolve.query(connection, run, "resolve/choice_apply").update();
    Resolve.nobodyDeparts(connection);
    if (judged > 0) {
      Resolve.winners(connection, run, false);
    }
    Resolve.query(connection, run, "resolve/not_quiet").update();
  }

  private static List<String> known(Connection connection, Run run) throws SQLException {
    return Query.of(
            connection,
            "SELECT DISTINCT group_name FROM member WHERE account_id = :account"
                + " AND sync_id = :sync AND group_name <> '' ORDER BY group_name")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .list(row -> row.getString(1));
  }

  private static int list(Connection connection, Run run, String name) throws SQLException {
    return (int)
        Query.of(
                connection,
                "INSERT INTO list (account_id, name) VALUES (:account, :name)"
                    + " ON CONFLICT (account_id, lower(name)) DO UPDATE SET name = list.name"
                    + " RETURNING list_no")
            .bind("account", run.account())
            .bind("name", name)
            .number();
  }

  /** The name of a group's list, cut to what providers allow (Constant Contact: 255 characters). */
  static String listName(SyncSettings sync, String group) {
    String name = sync.listName().replace("${group}", group).strip();
    return name.length() <= 255 ? name : name.substring(0, 255);
  }
}
