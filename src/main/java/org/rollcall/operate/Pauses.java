package org.rollcall.operate;

import java.time.Clock;
import org.rollcall.run.Target;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Which syncs' schedules are paused, for all nodes and beyond a restart. */
final class Pauses {
  private final Store store;
  private final Clock clock;

  Pauses(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  boolean paused(Target target) {
    return store.transaction(
        connection ->
            at(
                    Query.of(
                        connection,
                        "SELECT 1 FROM schedule_pause WHERE account_id = :account"
                            + " AND sync_id = :sync"),
                    target)
                .first(row -> true)
                .isPresent());
  }

  void pause(Target target, String by) {
    store.run(
        connection ->
            at(
                    Query.of(
                        connection,
                        "INSERT INTO schedule_pause (account_id, sync_id, since, by)"
                            + " VALUES (:account, :sync, :now, :by)"
                            + " ON CONFLICT (account_id, sync_id) DO NOTHING"),
                    target)
                .bind("now", clock.instant())
                .bind("by", by)
                .update());
  }

  void resume(Target target) {
    store.run(
        connection ->
            at(
                    Query.of(
                        connection,
                        "DELETE FROM schedule_pause WHERE account_id = :account"
                            + " AND sync_id = :sync"),
                    target)
                .update());
  }

  private static Query at(Query query, Target target) {
    return query.bind("account", target.accountId()).bind("sync", target.syncId());
  }
}
