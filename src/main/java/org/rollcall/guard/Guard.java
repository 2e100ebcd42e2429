package org.rollcall.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Run;
import org.rollcall.run.Scope;
import org.rollcall.settings.MaxRemovals;
import org.rollcall.settings.Mode;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Holds the removals and address changes of a plan that has too many; the additions go on. An
 * approval covers exactly the removals that were shown: another set of removals is held anew.
 */
public final class Guard {
  private static final String PUT_BACK =
      "the hub's database is older than what was sent last; everything was read back, and whatever"
          + " is planned now waits";

  private final Store store;

  public Guard(Store store) {
    this.store = store;
  }

  /**
   * @return whether an approval released the removals
   */
  public boolean check(Run run, boolean emptyRead) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          Optional<String> verdict =
              Verdict.on(removals(connection, run), run.target().sync().maxRemovals(), emptyRead)
                  .or(() -> addressChanges(run));
          return verdict.isPresent() && decide(connection, run, verdict.get());
        });
  }

  /** An approval whose removals are no longer planned as they were shown is void. */
  public void lapse(Run run) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE run SET decision = 'used' WHERE account_id = :account"
                        + " AND sync_id = :sync AND decision IN ('approved', 'using')")
                .bind("account", run.account())
                .bind("sync", run.sync())
                .update());
  }

  /** A query that gives everybody somebody else's address empties no list, and is as bad. */
  private static Optional<String> addressChanges(Run run) {
    MaxRemovals limit = run.target().sync().identity().maxAddressChanges();
    long changes = run.counts().changeAddress;
    return limit.exceededBy(changes, run.counts().eligible)
        ? Optional.of(
            "%d contacts would get another address, more than the %s allowed"
                .formatted(changes, limit))
        : Optional.empty();
  }

  private static List<ListRemovals> removals(Connection connection, Run run) throws SQLException {
    return Query.named(connection, "guard/removals_by_list")
        .bind("account", run.account())
        .bind("run", run.id())
        .bind("anyMembership", run.target().sync().mode() == Mode.REMOVE_ONLY)
        .list(
            row ->
                new ListRemovals(
                    row.getString("name"), row.getLong("memberships"), row.getLong("removals")));
  }

  private static boolean decide(Connection connection, Run run, String why) throws SQLException {
    String digest = digest(connection, run, "guard/removal_digest");
    if (!run.scope().dryRun() && useApproval(connection, run, digest)) {
      return true;
    }
    run.counts().held = run.counts().removeFromList + run.counts().changeAddress;
    hold(connection, run, why, digest, List.of("remove", "move"));
    return false;
  }

  private static String digest(Connection connection, Run run, String of) throws SQLException {
    return Query.named(connection, of)
        .bind("account", run.account())
        .bind("run", run.id())
        .first(row -> row.getString(1))
        .orElseThrow();
  }

  private static void hold(
      Connection connection, Run run, String why, String digest, List<String> actions)
      throws SQLException {
    run.hold(why);
    Query.of(
            connection,
            "UPDATE change SET held = true"
                + " WHERE account_id = :account AND run_id = :run AND action = ANY (:actions)")
        .bind("account", run.account())
        .bind("run", run.id())
        .bind("actions", actions.toArray(String[]::new))
        .update();
    Query.of(connection, "UPDATE run SET removal_digest = :digest WHERE run_id = :run")
        .bind("digest", digest)
        .bind("run", run.id())
        .update();
  }

  /** Whether a plan waits for a person as a whole, additions and all. */
  public enum Whole {
    /** It does not. */
    FREE,
    HELD,
    /** A person has approved exactly this plan. */
    APPROVED
  }

  /**
   * Once a run was undone, the next plan would only do it again; one that is made from an old state
   * may be wrong in any way. Both wait as a whole.
   */
  public Whole whole(Run run, boolean empty) {
    return store.transaction(
        connection -> {
          Optional<String> why = whyWhole(connection, run);
          if (why.isEmpty() || run.scope().undoes() != null) {
            return Whole.FREE;
          }
          if (empty) {
            if (run.scope().equals(Scope.ALL)) {
              forgetWhy(connection, run);
            }
            return Whole.FREE;
          }
          String digest = digest(connection, run, "guard/plan_digest");
          if (!run.scope().dryRun() && useApproval(connection, run, digest)) {
            forgetWhy(connection, run);
            return Whole.APPROVED;
          }
          List<String> everything = List.of("import", "remove", "move", "resubscribe");
          run.counts().held = run.counts().changes();
          hold(connection, run, why.get(), digest, everything);
          return Whole.HELD;
        });
  }

  private static Optional<String> whyWhole(Connection connection, Run run) throws SQLException {
    return Query.named(connection, "guard/whole")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .first(
            row ->
                row.getBoolean("put_back")
                    ? PUT_BACK
                    : "run %d was undone; whatever is planned now waits"
                        .formatted(row.getLong("undone_run")));
  }

  private static void forgetWhy(Connection connection, Run run) throws SQLException {
    noteUndo(connection, run, null);
    Query.of(
            connection,
            "UPDATE sync SET put_back = false WHERE account_id = :account AND sync_id = :sync")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .update();
  }

  /**
   * @throws IllegalStateException when a run is to be undone from a state that is older than it may
   *     be
   */
  public void refuseUndo(Run run) {
    if (run.reconciling() != null && run.reconciling().putBack()) {
      throw new IllegalStateException(
          "the hub's database was put back to an older state; run the sync and decide about its"
              + " plan before you undo anything");
    }
  }

  private static void noteUndo(Connection connection, Run run, @Nullable Long undone)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE sync SET undone_run = :undone, quiet_version = NULL"
                + " WHERE account_id = :account AND sync_id = :sync")
        .bind("undone", undone)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .update();
  }

  /** Notes that this run takes another one back; from now on plans wait for a person. */
  public void noteUndo(Run run) {
    store.run(
        connection -> {
          run.fence(connection);
          noteUndo(connection, run, run.scope().undoes());
        });
  }

  private static boolean useApproval(Connection connection, Run run, String digest)
      throws SQLException {
    return Query.named(connection, "guard/use_approval")
            .bind("account", run.account())
            .bind("sync", run.sync())
            .bind("run", run.id())
            .bind("digest", digest)
            .update()
        > 0;
  }

  /** The approved removals are done: the approval is used up. */
  public void settle(Run run) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE run SET decision = 'used'"
                        + " WHERE account_id = :account AND sync_id = :sync AND decision = 'using'")
                .bind("account", run.account())
                .bind("sync", run.sync())
                .update());
  }
}
