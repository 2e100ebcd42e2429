package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Lists that a dry run met at the provider under a name that a group wants. Their memberships are
 * read, so that the plan is right, but nothing is linked.
 */
final class MetLists {
  private final Store store;

  MetLists(Store store) {
    this.store = store;
  }

  /**
   * Notes which list there has the name now, or that none has.
   *
   * @return whether its memberships have still to be read
   */
  boolean note(Run run, int list, @Nullable String id) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          boolean other =
              query(
                          connection,
                          run,
                          list,
                          "UPDATE list SET met_id = :id WHERE account_id = :account"
                              + " AND list_no = :list AND met_id IS DISTINCT FROM :id::text")
                      .bind("id", id)
                      .update()
                  > 0;
          if (other) {
            forget(connection, run, list);
          }
          return other && id != null;
        });
  }

  private static void forget(Connection connection, Run run, int list) throws SQLException {
    query(
            connection,
            run,
            list,
            "DELETE FROM membership WHERE account_id = :account AND list_no = :list")
        .update();
    query(
            connection,
            run,
            list,
            "UPDATE account SET pulled_until = NULL, version = version + 1"
                + " WHERE account_id = :account")
        .update();
  }

  private static Query query(Connection connection, Run run, int list, String sql) {
    return Query.of(connection, sql).bind("account", run.account()).bind("list", list);
  }
}
