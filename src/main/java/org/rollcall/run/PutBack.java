package org.rollcall.run;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Syncs whose state in the hub's database is older than what was sent to the provider. Until a
 * person has approved a plan that was made after reading everything back, they only look.
 */
public final class PutBack {
  private final Store store;

  public PutBack(Store store) {
    this.store = store;
  }

  /** Notes it for every sync of an account; what was approved in the old state is void. */
  static void note(Connection connection, int account) throws SQLException {
    Query.of(
            connection,
            "UPDATE sync SET put_back = true, quiet_version = NULL WHERE account_id = :account")
        .bind("account", account)
        .update();
    Query.of(
            connection,
            "UPDATE run SET decision = 'used'"
                + " WHERE account_id = :account AND decision IN ('approved', 'using')")
        .bind("account", account)
        .update();
  }

  /**
   * A person says that the database was put back.
   *
   * @return how many syncs it holds
   */
  public long noteAll() {
    return store.transaction(
        connection -> {
          for (int account :
              Query.of(connection, "SELECT account_id FROM account").list(row -> row.getInt(1))) {
            note(connection, account);
          }
          return Query.of(connection, "SELECT count(*) FROM sync").number();
        });
  }

  /** What the run reads back: everything, until its plan has been approved. */
  public @Nullable Reconciling reading(Target target, @Nullable Reconciling wanted) {
    boolean looksOnly =
        store.transaction(
            connection ->
                Query.of(
                            connection,
                            "SELECT count(*) FROM sync s WHERE account_id = :account"
                                + " AND sync_id = :sync AND put_back AND NOT EXISTS (SELECT FROM"
                                + " run r WHERE r.account_id = s.account_id"
                                + " AND r.sync_id = s.sync_id AND r.decision = 'approved')")
                        .bind("account", target.accountId())
                        .bind("sync", target.syncId())
                        .number()
                    > 0);
    return looksOnly ? Reconciling.afterPuttingBack(wanted) : wanted;
  }
}
