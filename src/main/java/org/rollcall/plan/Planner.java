package org.rollcall.plan;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.Limits;
import org.rollcall.run.Counts;
import org.rollcall.run.Run;
import org.rollcall.settings.Mode;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** One set difference between the wanted and the last known provider state, kept as changes. */
public final class Planner {
  /** A contact is read before its address is changed. */
  private static final int CALLS_PER_MOVE = 2;

  private final Store store;
  private final GracePeriod grace;

  public Planner(Store store, Clock clock) {
    this.store = store;
    this.grace = new GracePeriod(clock);
  }

  /** Computes the plan of a run and the order in which it leaves, in one transaction. */
  public Plan plan(Run run, Limits limits) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          noteMostLists(connection, run, limits);
          query(connection, run, "plan/release_owners").update();
          Outlook.claim(connection, run);
          difference(connection, run, null);
          moves(connection, run);
          grace.count(connection, run);
          grace.spare(connection, run);
          return laidOut(connection, run, limits);
        });
  }

  /** Computes the reversal of an earlier run of the same sync, as far as it can be reversed. */
  public Plan undo(Run run, long undone, Limits limits) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          reversal(connection, run, undone, "undo_moves");
          analyze(connection, run);
          reversal(connection, run, undone, "undone");
          indexUndone(connection);
          reversal(connection, run, undone, "undo_keep_fields");
          rename(connection, run, false);
          reversal(connection, run, undone, "undo_removals", "undo_imports");
          rename(connection, run, true);
          Plan plan = laidOut(connection, run, limits);
          query(connection, run, "plan/undo_fields").update();
          return plan;
        });
  }

  private static void reversal(Connection connection, Run run, long undone, String... steps)
      throws SQLException {
    for (String step : steps) {
      query(connection, run, "plan/" + step).bind("undone", undone).update();
    }
  }

  private static void indexUndone(Connection connection) throws SQLException {
    Query.of(connection, "CREATE INDEX ON undone (address)").update();
    Query.of(connection, "ANALYZE undone").update();
  }

  private static Plan laidOut(Connection connection, Run run, Limits limits) throws SQLException {
    analyze(connection, run);
    Outlook.count(connection, run);
    ImportLayout layout = layout(connection, run, limits);
    dispatch(connection, run, layout, limits);
    return summary(connection, run, limits, layout);
  }

  /**
   * Tells the database how much is planned; of one member it is little, and the look takes long.
   */
  private static void analyze(Connection connection, Run run) throws SQLException {
    if (run.scope().member() == null) {
      Query.of(connection, "ANALYZE change").update();
    }
  }

  private static void noteMostLists(Connection connection, Run run, Limits limits)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE account SET most_lists = :most"
                + " WHERE account_id = :account AND most_lists IS DISTINCT FROM :most")
        .bind("most", limits.contactLists())
        .bind("account", run.account())
        .update();
  }

  /**
   * @param among the addresses to compare, or null for all
   */
  private static void difference(Connection connection, Run run, String @Nullable [] among)
      throws SQLException {
    Mode mode = run.target().sync().mode();
    String @Nullable [] only = ofTheMember(connection, run, among);
    if (mode != Mode.REMOVE_ONLY) {
      grouped(connection, run, "plan/imports").bind("only", only).update();
      grouped(connection, run, "plan/resubscriptions")
          .bind("only", only)
          .bind("member", run.scope().member())
          .bind("now", run.startedAt())
          .update();
      query(connection, run, "plan/surplus_lists").update();
    }
    if (mode != Mode.ADD_ONLY) {
      grouped(connection, run, "plan/removals")
          .bind("anyMembership", mode == Mode.REMOVE_ONLY)
          .bind("only", only)
          .update();
    }
  }

  /**
   * Of a run about one member the member's own addresses, and nothing else is looked at: a list of
   * addresses is found by an index, a question about each is not.
   */
  private static String @Nullable [] ofTheMember(
      Connection connection, Run run, String @Nullable [] among) throws SQLException {
    String member = run.scope().member();
    if (member == null) {
      return among;
    }
    List<String> own =
        Query.of(
                connection,
                "SELECT DISTINCT address FROM member WHERE account_id = :account"
                    + " AND sync_id = :sync AND member_key = :member AND address IS NOT NULL")
            .bind("account", run.account())
            .bind("sync", run.sync())
            .bind("member", member)
            .list(row -> row.getString(1));
    if (among != null) {
      own.retainAll(List.of(among));
    }
    return own.toArray(String[]::new);
  }

  /**
   * Finds the contacts that follow their member to another address. What else is to be done for
   * them is planned as if they had it already.
   */
  private static void moves(Connection connection, Run run) throws SQLException {
    analyze(connection, run);
    if (query(connection, run, "plan/moves").update() > 0) {
      String[] concerned = concerned(connection, run);
      query(connection, run, "plan/forget_entries").bind("addresses", concerned).update();
      rename(connection, run, false);
      difference(connection, run, concerned);
      rename(connection, run, true);
    }
    if (!run.scope().dryRun()) {
      query(connection, run, "plan/merged").update();
    }
  }

  /** Gives the contacts of the plan's moves their new addresses, or the former ones back. */
  private static void rename(Connection connection, Run run, boolean back) throws SQLException {
    query(connection, run, "plan/park_moves").bind("back", back).update();
    query(connection, run, "plan/land_moves").bind("back", back).update();
  }

  private static String[] concerned(Connection connection, Run run) throws SQLException {
    return Query.of(
            connection,
            "SELECT unnest(ARRAY[address, former]) FROM change"
                + " WHERE account_id = :account AND run_id = :run AND action = 'move'")
        .bind("account", run.account())
        .bind("run", run.id())
        .list(row -> row.getString(1))
        .toArray(String[]::new);
  }

  private static ImportLayout layout(Connection connection, Run run, Limits limits)
      throws SQLException {
    List<Combination> combinations =
        query(connection, run, "plan/combinations")
            .bind("longest", limits.importAddress())
            .list(Planner::combination);
    return ImportLayout.of(combinations, limits);
  }

  private static Combination combination(ResultSet row) throws SQLException {
    return new Combination(
        boxed(Query.ints(row, "lists")),
        boxed(Query.ints(row, "standing")),
        row.getLong("count"),
        row.getLong("whole_bytes"),
        row.getLong("bare_bytes"));
  }

  private static void dispatch(Connection connection, Run run, ImportLayout layout, Limits limits)
      throws SQLException {
    Query.of(connection, "CREATE TEMP TABLE own_parcel (lists int[], parcel int) ON COMMIT DROP")
        .update();
    Query.of(connection, "CREATE TEMP TABLE single_parcel (list_no int, parcel int) ON COMMIT DROP")
        .update();
    for (Map.Entry<List<Integer>, Integer> own : layout.own().entrySet()) {
      Query.of(connection, "INSERT INTO own_parcel VALUES (:lists, :parcel)")
          .bind("lists", own.getKey().stream().mapToInt(Integer::intValue).toArray())
          .bind("parcel", own.getValue())
          .update();
    }
    for (Map.Entry<Integer, Integer> single : layout.single().entrySet()) {
      Query.of(connection, "INSERT INTO single_parcel VALUES (:list, :parcel)")
          .bind("list", single.getKey())
          .bind("parcel", single.getValue())
          .update();
    }
    query(connection, run, "plan/dispatch")
        .bind("longest", limits.importAddress())
        .bind("longestOfAll", limits.address())
        .update();
  }

  private static Plan summary(Connection connection, Run run, Limits limits, ImportLayout layout)
      throws SQLException {
    Counts counts = run.counts();
    long[] contacts = new long[4];
    query(connection, run, "plan/summary")
        .each(
            row -> {
              counts.createContact = row.getLong("creates");
              counts.updateContact = row.getLong("updates");
              counts.changeAddress = row.getLong("moved");
              counts.addToList = row.getLong("adds");
              counts.removeFromList = row.getLong("removes");
              contacts[0] = row.getLong("imported");
              contacts[1] = row.getLong("removed");
              contacts[2] = row.getLong("moved");
              contacts[3] = row.getLong("resubscribed");
              counts.resubscribe = contacts[3];
            });
    countMembers(connection, run);
    long calls =
        CALLS_PER_MOVE * contacts[2]
            + contacts[3]
            + query(connection, run, "plan/singles").number()
            + calls(contacts[0], contacts[1], layout, limits);
    var account = run.target().account();
    Forecast forecast = Forecast.of(calls, account.requestsPerSecond(), account.requestsPerDay());
    note(connection, run, forecast);
    return new Plan(run, contacts[0], contacts[1], contacts[2], contacts[3], layout, forecast);
  }

  private static void note(Connection connection, Run run, Forecast forecast) throws SQLException {
    Query.of(
            connection,
            "UPDATE run SET forecast = jsonb_build_object('calls', :calls::bigint,"
                + " 'minutes', :minutes::bigint, 'quotaPercent', :percent::numeric)"
                + " WHERE run_id = :run")
        .bind("calls", forecast.calls())
        .bind("minutes", forecast.minutes())
        .bind("percent", forecast.quotaPercent())
        .bind("run", run.id())
        .update();
  }

  /** Notes once more what a plan costs that was made in a rehearsal. */
  public void noteForecast(Plan plan) {
    store.run(connection -> note(connection, plan.run(), plan.forecast()));
  }

  /** Whether the wanted and the known state agree; nothing is kept of the comparison. */
  public boolean nothingLeft(Run run) {
    return store.transaction(
        connection -> {
          Query.of(connection, "SAVEPOINT before").update();
          Query.of(connection, "DELETE FROM change WHERE account_id = :account AND run_id = :run")
              .bind("account", run.account())
              .bind("run", run.id())
              .update();
          difference(connection, run, null);
          grace.spare(connection, run);
          long left =
              Query.of(
                      connection,
                      "SELECT count(*) FROM change WHERE account_id = :account AND run_id = :run")
                  .bind("account", run.account())
                  .bind("run", run.id())
                  .number();
          Query.of(connection, "ROLLBACK TO SAVEPOINT before").update();
          grace.forget(connection, run);
          return left == 0;
        });
  }

  /** What a run would plan from what is known now; nothing is kept of it. */
  public List<PlanView.Entry> preview(Run imagined) {
    return store.transaction(
        connection -> {
          Query.of(connection, "SAVEPOINT before").update();
          query(connection, imagined, "plan/release_owners").update();
          query(connection, imagined, "plan/claim").update();
          difference(connection, imagined, null);
          moves(connection, imagined);
          grace.spare(connection, imagined);
          List<PlanView.Entry> entries =
              Query.named(connection, "plan/entries")
                  .bind("run", imagined.id())
                  .bind("most", Integer.MAX_VALUE)
                  .list(PlanView::entry);
          Query.of(connection, "ROLLBACK TO SAVEPOINT before").update();
          return entries;
        });
  }

  private static void countMembers(Connection connection, Run run) throws SQLException {
    Counts counts = run.counts();
    query(connection, run, "plan/members")
        .each(
            row -> {
              counts.members = row.getLong("members");
              counts.eligible = row.getLong("eligible") - counts.notFound;
              counts.notApplicable = counts.members - counts.eligible;
              counts.unchanged = counts.eligible - row.getLong("touched");
            });
  }

  /** Imports and removals with one poll each, and the pages that read the result back. */
  private static long calls(long imported, long removed, ImportLayout layout, Limits limits) {
    long removals = ceil(removed, limits.removeContacts());
    return 2 * layout.imports() + 2 * removals + ceil(imported + removed, limits.pageSize());
  }

  private static long ceil(long amount, long unit) {
    return (amount + unit - 1) / unit;
  }

  private static List<Integer> boxed(int[] numbers) {
    List<Integer> result = new ArrayList<>(numbers.length);
    for (int number : numbers) {
      result.add(number);
    }
    return result;
  }

  private static Query grouped(Connection connection, Run run, String name) {
    return query(connection, run, name).bind("group", run.scope().group());
  }

  private static Query query(Connection connection, Run run, String name) {
    return Query.named(connection, name)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("run", run.id());
  }
}
