package org.rollcall.choice;

import java.sql.Connection;
import java.sql.SQLException;
import org.rollcall.choice.Preview.Effect;
import org.rollcall.guard.Guard;
import org.rollcall.member.GroupSelection;
import org.rollcall.plan.Plan;
import org.rollcall.plan.Planner;
import org.rollcall.provider.Limits;
import org.rollcall.resolve.Conflicts;
import org.rollcall.resolve.Engagement;
import org.rollcall.resolve.Groups;
import org.rollcall.resolve.HandMadeRows;
import org.rollcall.resolve.Resolve;
import org.rollcall.run.Lease;
import org.rollcall.run.Leases;
import org.rollcall.run.Run;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.run.Target;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Plans a sync with and without a choice, in transactions that are undone. */
public final class Rehearsal {
  private final Store store;
  private final Runs runs;
  private final Leases leases;
  private final Limits limits;
  private final Steps steps;

  /**
   * @param limits of the provider, which say how many calls a plan takes
   */
  public Rehearsal(Store store, Runs runs, Leases leases, Limits limits, Steps steps) {
    this.store = store;
    this.runs = runs;
    this.leases = leases;
    this.limits = limits;
    this.steps = steps;
  }

  /** The steps of a run that need neither the source nor the provider. */
  public record Steps(
      HandMadeRows handMade,
      Choices choices,
      Engagement engagement,
      Groups groups,
      Conflicts conflicts,
      Resolve resolve,
      Planner planner,
      Guard guard) {}

  /** A change that is undone in the end. */
  interface Change {
    void in(Connection connection) throws SQLException;
  }

  Preview of(Target target, String group, boolean selected, Change change) {
    try (Lease sync = alone("sync " + target.sync().name(), target);
        Lease account = alone(Leases.ofAccount(target.account().name()), target)) {
      return store.rehearse(
          () -> {
            Effect asItIs = effect(target);
            store.run(change::in);
            return new Preview(group, selected, onList(target, group), asItIs, effect(target));
          });
    }
  }

  /** A run writes to the same rows. */
  private Lease alone(String lease, Target target) {
    return leases
        .take(lease)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a run or another preview of account %s is under way; look again when it has ended"
                        .formatted(target.account().name())));
  }

  private Effect effect(Target target) {
    Run run = runs.imagined(target, new Scope(null, null, true));
    GroupSelection selection = steps.choices().selection(target);
    steps.handMade().apply(run, selection::selects);
    steps.groups().refresh(run, selection::selects);
    steps.engagement().apply(run);
    steps.conflicts().apply(run);
    steps.resolve().carryOptOuts(run);
    forgetPlan(run);
    Plan plan = steps.planner().plan(run, limits);
    if (plan.removed() + plan.moved() > 0) {
      steps.guard().check(run, false);
    }
    return Effect.of(plan);
  }

  private void forgetPlan(Run run) {
    store.run(
        connection -> {
          for (String table : new String[] {"change", "dispatch"}) {
            Query.of(
                    connection,
                    "DELETE FROM ${table} WHERE account_id = :account AND run_id = :run")
                .identifier("table", table)
                .bind("account", run.account())
                .bind("run", run.id())
                .update();
          }
        });
  }

  private long onList(Target target, String group) {
    return store.transaction(
        connection ->
            Choices.about(
                    connection,
                    target,
                    "SELECT count(*) FROM sync_group g JOIN membership k"
                        + " ON k.account_id = g.account_id AND k.list_no = g.list_no AND k.owned"
                        + " WHERE g.account_id = :account AND g.sync_id = :sync"
                        + " AND g.group_name = :group")
                .bind("group", group)
                .number());
  }
}
