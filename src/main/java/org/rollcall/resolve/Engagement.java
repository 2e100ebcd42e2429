package org.rollcall.resolve;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rollcall.member.Condition;
import org.rollcall.member.GroupSelection;
import org.rollcall.run.Run;
import org.rollcall.settings.Rules;
import org.rollcall.settings.Silence;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Judges members by what they did with campaigns, where the sync's rules ask: who opened nothing
 * for long, and whose address does not exist. Without such a rule, what an earlier one decided is
 * taken back.
 */
public final class Engagement {
  private static final String MARKED =
      "SELECT 1 FROM member WHERE account_id = :account AND sync_id = :sync"
          + " AND reason IN ('SILENT', 'NOT_SILENT', 'ADDRESS_BOUNCED') LIMIT 1";

  private final Store store;

  public Engagement(Store store) {
    this.store = store;
  }

  /** Members count from now on by what is known; the next plan follows. */
  public void apply(Run run) {
    store.run(
        connection -> {
          if (!asked(rules(run)) && bound(connection, run, MARKED).first(row -> true).isEmpty()) {
            return;
          }
          run.fence(connection);
          refreshSilence(connection, run);
          Query.of(connection, "CREATE TEMP TABLE affected (address text) ON COMMIT DROP").update();
          if (judge(connection, run) > 0) {
            Resolve.elect(connection, run.target());
            forgetQuiet(connection, run);
          }
        });
  }

  private static Rules rules(Run run) {
    return run.target().sync().rules();
  }

  private static boolean asked(Rules rules) {
    return rules.silence().decides() || reachable(rules);
  }

  private static boolean reachable(Rules rules) {
    return Condition.of(rules.eligible()).contains(Condition.REACHABLE);
  }

  /** As of the last reading to the end: what was done since may not be known yet. */
  private static void refreshSilence(Connection connection, Run run) throws SQLException {
    Silence silence = rules(run).silence();
    Optional<Instant> known =
        Query.of(
                connection,
                "SELECT activities_at FROM account WHERE account_id = :account"
                    + " AND activities_at IS NOT NULL")
            .bind("account", run.account())
            .first(row -> row.getTimestamp(1).toInstant());
    if (!silence.decides() || known.isEmpty()) {
      return;
    }
    for (String step : List.of("silence_over", "silence_begun")) {
      Query.named(connection, "resolve/" + step)
          .bind("account", run.account())
          .bind("sync", run.sync())
          .bind("begin", known.get().minus(silence.after()))
          .update();
    }
  }

  private static int judge(Connection connection, Run run) throws SQLException {
    List<String> groups =
        bound(
                connection,
                run,
                "SELECT group_name FROM sync_group WHERE account_id = :account AND sync_id = :sync")
            .list(row -> row.getString(1));
    Silence silence = rules(run).silence();
    return Query.named(connection, "resolve/engagement")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("reachable", reachable(rules(run)))
        .bind("without", chosen(groups, silence.without()))
        .bind("only", chosen(groups, silence.only()))
        .update();
  }

  private static String[] chosen(List<String> groups, List<String> patterns) {
    GroupSelection selection = GroupSelection.of(patterns, Map.of());
    return groups.stream().filter(selection::selects).toArray(String[]::new);
  }

  private static void forgetQuiet(Connection connection, Run run) throws SQLException {
    bound(
            connection,
            run,
            "UPDATE sync SET quiet_version = NULL WHERE account_id = :account AND sync_id = :sync")
        .update();
  }

  private static Query bound(Connection connection, Run run, String sql) throws SQLException {
    return Query.of(connection, sql).bind("account", run.account()).bind("sync", run.sync());
  }
}
