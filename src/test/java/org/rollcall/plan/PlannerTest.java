package org.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.TestSettings;
import org.rollcall.provider.Limits;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Run;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

class PlannerTest {
  private static final Limits LIMITS =
      new Limits(1_000_000, 10_000, 50, 50, 80, 50, 25, 500, 50, 500);

  /** Member n is in the groups of the bits of n, and one with a short row in a group of its own. */
  private static final String MEMBERS =
      """
      INSERT INTO list (account_id, name, state, provider_id)
      SELECT :account, 'G' || g, 'live', 'id' || g FROM generate_series(0, 13) AS g;
      INSERT INTO sync_group (account_id, sync_id, group_name, list_no, selected)
      SELECT :account, :sync, t.name, t.list_no, true FROM list t;
      INSERT INTO member (account_id, sync_id, member_key, group_name, digest, present, address,
        address_since, rank, login, fields, fields_digest, group_winner, contact_winner)
      SELECT :account, :sync, 'm' || n, 'G' || g, 0, true, 'm' || n || '@example.org', now(), 4, false,
        '{"first_name":"Longer than the other"}', 1, true, row_number() OVER (PARTITION BY n) = 1
      FROM generate_series(1, 5500) AS n
      CROSS JOIN generate_series(0, 12) AS g
      WHERE n & (1 << g) > 0;
      INSERT INTO member (account_id, sync_id, member_key, group_name, digest, present, address,
        address_since, rank, login, fields, fields_digest, group_winner, contact_winner)
      SELECT :account, :sync, 'alone', g, 0, true, 'a@x.org', now(), 4, false, '{}', 2, true, g = 'G13'
      FROM unnest(ARRAY['G13', 'G0', 'G7', 'G11']) AS g
      """;

  private final Store store = new Store(TestDatabase.fresh());
  private final Clock clock = Clock.systemUTC();

  @Test
  void every_contact_leaves_for_every_list_however_many_combinations_of_lists_there_are() {
    Settings settings = TestSettings.chamber();
    Runs runs = new Runs(store, clock);
    Target target = runs.target(settings.sync("chamber"), settings.account("main"));
    Run run = runs.begin(target, Job.CONTACTS, Scope.ALL, fence -> {}, Progress.NONE);
    store.run(connection -> put(connection, target));

    Plan plan = new Planner(store, clock).plan(run, LIMITS);

    assertThat(plan.imported()).isEqualTo(5_501);
    assertThat(run.counts().addToList).isGreaterThan(20_000);
    assertThat(sent(plan)).isEqualTo(run.counts().addToList);
  }

  private static void put(Connection connection, Target target) throws SQLException {
    for (String statement : MEMBERS.split(";")) {
      Query.of(connection, statement)
          .bind("account", target.accountId())
          .bind("sync", target.syncId())
          .update();
    }
  }

  /** How many memberships the calls would make, parcel by parcel. */
  private long sent(Plan plan) {
    long[] sent = {0};
    store.run(
        connection ->
            Query.of(connection, "SELECT parcel, count(*) FROM dispatch GROUP BY parcel")
                .each(
                    row ->
                        sent[0] +=
                            plan.layout().parcels().get(row.getInt(1)).size() * row.getLong(2)));
    return sent[0];
  }
}
