package org.rollcall.activity;

import java.util.List;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Puts activities beside their members, to be handed over. */
public final class Interactions {
  private final Store store;

  public Interactions(Store store) {
    this.store = store;
  }

  /**
   * Links what has come since the last time, and what waited for its member. An activity is linked
   * once: who comes to an address later gets what is done from then on.
   */
  public void link(Run run) {
    store.run(
        connection -> {
          run.fence(connection);
          long last = ActivityReports.last(connection, run);
          long after =
              Query.of(
                      connection,
                      "SELECT linked_until FROM sync WHERE account_id = :account"
                          + " AND sync_id = :sync")
                  .bind("account", run.account())
                  .bind("sync", run.sync())
                  .number();
          for (String step : List.of("link_late", "link_new")) {
            Query.named(connection, "activity/" + step)
                .bind("account", run.account())
                .bind("sync", run.sync())
                .bind("after", after)
                .bind("until", last)
                .update();
          }
          Query.of(
                  connection,
                  "UPDATE sync SET linked_until = greatest(linked_until, :last)"
                      + " WHERE account_id = :account AND sync_id = :sync")
              .bind("last", last)
              .bind("account", run.account())
              .bind("sync", run.sync())
              .update();
        });
  }
}
