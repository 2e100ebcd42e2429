package org.rollcall.plan;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.rollcall.run.Run;
import org.rollcall.run.Scope;
import org.rollcall.settings.Grace;
import org.rollcall.store.Query;

/** Lets memberships outlive their member for a while, so that a short absence changes nothing. */
final class GracePeriod {
  private final Clock clock;

  GracePeriod(Clock clock) {
    this.clock = clock;
  }

  /** Counts one more run for everything that is to leave; a part of a sync does not count. */
  void count(Connection connection, Run run) throws SQLException {
    if (grace(run).equals(Grace.NONE)) {
      Query.of(connection, "DELETE FROM leaving WHERE account_id = :account AND sync_id = :sync")
          .bind("account", run.account())
          .bind("sync", run.sync())
          .update();
    } else if (run.scope().equals(Scope.ALL)) {
      query(connection, run, "plan/grace_count")
          .bind("run", run.id())
          .bind("now", clock.instant())
          .update();
    }
  }

  /** Takes out of the plan what is not to leave yet. */
  void spare(Connection connection, Run run) throws SQLException {
    if (!grace(run).equals(Grace.NONE)) {
      query(connection, run, "plan/grace_spare")
          .bind("run", run.id())
          .bind("now", clock.instant())
          .bind("runs", grace(run).runs())
          .bind("days", grace(run).days())
          .update();
    }
  }

  /** Forgets memberships that have ended. */
  void forget(Connection connection, Run run) throws SQLException {
    query(connection, run, "plan/grace_forget").update();
  }

  private static Grace grace(Run run) {
    return run.target().sync().identity().grace();
  }

  private static Query query(Connection connection, Run run, String name) throws SQLException {
    return Query.named(connection, name).bind("account", run.account()).bind("sync", run.sync());
  }
}
