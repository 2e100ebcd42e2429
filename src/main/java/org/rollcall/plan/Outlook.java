package org.rollcall.plan;

import java.sql.Connection;
import java.sql.SQLException;
import org.rollcall.run.Counts;
import org.rollcall.run.Run;
import org.rollcall.settings.Mode;
import org.rollcall.store.Query;

/** What a plan means for the contacts and memberships that are at the provider already. */
final class Outlook {
  private Outlook() {}

  /** Makes memberships ours that the sync wants and that are there; a dry run only counts them. */
  static void claim(Connection connection, Run run) throws SQLException {
    run.counts().adoptMembership =
        query(connection, run, "plan/claimable").bind("started", run.startedAt()).number();
    query(connection, run, "plan/claim_named").update();
    if (!run.scope().dryRun()) {
      query(connection, run, "plan/claim").update();
    }
  }

  /** To be called once the plan's changes are complete. */
  static void count(Connection connection, Run run) throws SQLException {
    Counts counts = run.counts();
    boolean takesAway = run.target().sync().mode() == Mode.REMOVE_ONLY;
    counts.adoptContact = query(connection, run, "plan/adopted").update();
    query(connection, run, "plan/outlook")
        .bind("takesAway", takesAway)
        .each(
            row -> {
              counts.adoptDiffering = row.getLong("differing");
              counts.foreignContact = row.getLong("foreigners");
              counts.unsubscribed = row.getLong("unsubscribed");
              counts.notFound = row.getLong("not_found");
            });
    query(connection, run, "plan/note_outlook")
        .bind("takesAway", takesAway)
        .bind("notFound", counts.notFound)
        .update();
  }

  private static Query query(Connection connection, Run run, String name) {
    return Query.named(connection, name)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("run", run.id());
  }
}
