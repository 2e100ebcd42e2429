package org.rollcall.route;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.rollcall.choice.Choices;
import org.rollcall.deliver.CustomFields;
import org.rollcall.deliver.Delivery;
import org.rollcall.deliver.Recovery;
import org.rollcall.deliver.Resubscriptions;
import org.rollcall.deliver.Settlement;
import org.rollcall.drop.MemberFile;
import org.rollcall.guard.Guard;
import org.rollcall.plan.Plan;
import org.rollcall.plan.Planner;
import org.rollcall.resolve.Conflicts;
import org.rollcall.resolve.Engagement;
import org.rollcall.resolve.Groups;
import org.rollcall.resolve.HandMadeRows;
import org.rollcall.resolve.Resolve;
import org.rollcall.resolve.SourceState;
import org.rollcall.resolve.SourceState.Reading;
import org.rollcall.run.Run;
import org.rollcall.run.Scope;
import org.rollcall.stage.DuplicateKey;
import org.rollcall.stage.SourceException;
import org.rollcall.stage.StagedSource;
import org.rollcall.verify.Pull;

/** The steps of the contacts job, one method each, in the order of the route. */
public final class Contacts {
  private final Steps steps;

  public Contacts(Steps steps) {
    this.steps = steps;
  }

  /** The steps' own classes, in the order of the data. */
  public record Steps(
      SourceState state,
      Resolve resolve,
      Conflicts conflicts,
      HandMadeRows handMade,
      Choices choices,
      Engagement engagement,
      Groups groups,
      Planner planner,
      CustomFields fields,
      Guard guard,
      Recovery recovery,
      Delivery delivery,
      Settlement settlement,
      Pull pull,
      Resubscriptions resubscriptions,
      FileRuns files) {}

  public void recover(Work work) {
    steps.resubscriptions().recover(work.run());
    work.interrupted(steps.recovery().recover(work.run(), work.provider()));
  }

  public void pull(Work work) {
    steps.pull().beforePlan(work.run(), work.provider(), work.interrupted());
    steps.recovery().settled(work.run(), work.interrupted());
  }

  /** Reads who is on lists that were adopted just now. */
  public void pullAdopted(Work work) {
    if (work.adopted()) {
      steps.pull().whole(work.run(), work.provider());
    }
  }

  /** Compares the staged rows with what the source gave before, if they differ at all. */
  public void resolve(Work work) {
    work.refuseBroken();
    Run run = work.run();
    run.stopIfAsked();
    if (work.standing()) {
      steps.files().requireAny(run.target());
      takeDecisions(work, false);
      steps.resolve().requireScope(run);
      return;
    }
    StagedSource staged = work.read();
    refuseTooManyFields(work);
    Reading reading =
        new Reading(
            staged.readCount(),
            staged.fingerprintHigh(),
            staged.fingerprintLow(),
            run.target().sync().fingerprint());
    if (work.file() != null) {
      resolve(work, work.file(), reading);
    } else if (!steps.state().same(run, reading)) {
      resolve(work, reading);
    } else {
      takeDecisions(work, false);
    }
    steps.resolve().requireScope(run);
  }

  private void resolve(Work work, Reading reading) {
    Run run = work.run();
    run.progress().step("resolving members");
    Objects.requireNonNull(work.staging()).load();
    refuseDuplicates(work);
    work.emptyRead(reading.rows() == 0 && steps.state().hadRows(run));
    steps
        .resolve()
        .resolve(run, "staged_" + run.sync(), true, steps.state().newRules(run, reading));
    takeDecisions(work, true);
    steps.state().remember(run, reading);
  }

  /**
   * What staff decided in the hub: memberships made by hand, and which groups synchronise.
   *
   * @param members whether the source gave other members than before
   */
  private void takeDecisions(Work work, boolean members) {
    Run run = work.run();
    Predicate<String> selected = work.selection(steps.choices())::selects;
    boolean byHand = steps.handMade().apply(run, selected) > 0;
    if (members || byHand || steps.groups().stale(run, selected)) {
      steps.groups().refresh(run, selected);
    }
  }

  /** A file once for all jobs; in a dry run it leaves nothing behind. */
  private void resolve(Work work, MemberFile file, Reading reading) {
    Run run = work.run();
    if (file.takenOver()) {
      tellIncomplete(run, file);
      return;
    }
    if (file.extent() == MemberFile.Extent.ALL && steps.state().same(run, reading)) {
      takeDecisions(work, false);
      file.tookOver();
      return;
    }
    run.progress().step("resolving members");
    Objects.requireNonNull(work.staging()).load();
    refuseDuplicates(work);
    if (run.scope().dryRun()) {
      steps.files().rehearse(work, () -> takeOver(work, file, reading), () -> planned(work));
      steps.planner().noteForecast(Objects.requireNonNull(work.plan()));
      return;
    }
    takeOver(work, file, reading);
    file.tookOver();
    tellIncomplete(run, file);
  }

  private static void tellIncomplete(Run run, MemberFile file) {
    if (file.isFull() && !file.incomplete().isEmpty()) {
      run.leave(
          "nobody was taken to have left, for %s is not complete: %s"
              .formatted(file.name(), String.join("; ", file.incomplete())));
    }
  }

  private void takeOver(Work work, MemberFile file, Reading reading) {
    Run run = work.run();
    String staged = "staged_" + run.sync();
    boolean newRules = steps.state().newRules(run, reading);
    switch (file.extent()) {
      case ALL -> steps.resolve().resolve(run, staged, true, newRules);
      case MORE -> steps.resolve().resolve(run, staged, false, newRules);
      case LESS -> steps.resolve().takeAway(run, staged, Source.groupOfNone(run.target().sync()));
    }
    takeDecisions(work, true);
    if (file.extent() == MemberFile.Extent.ALL) {
      steps.state().remember(run, reading);
    } else {
      steps.state().forget(run);
    }
  }

  private void planned(Work work) {
    plan(work);
    guard(work);
  }

  private static void refuseTooManyFields(Work work) {
    List<String> columns = work.customColumns();
    int most = work.provider().limits().customFields();
    if (columns.size() > most) {
      throw new SourceException(
          work.run().target().sync().name(),
          "of the source",
          0,
          "the query has %d columns for custom fields, and the provider takes %d a contact: %s"
              .formatted(columns.size(), most, String.join(", ", columns)),
          "take columns that are not needed out of the query",
          null);
    }
  }

  private static void refuseDuplicates(Work work) {
    Optional<DuplicateKey> duplicate = Objects.requireNonNull(work.staging()).findDuplicate();
    if (duplicate.isPresent()) {
      throw new SourceException(
          work.run().target().sync().name(),
          "of the source",
          duplicate.get().secondRow(),
          duplicate.get().message(),
          "make the query give one row per member and group",
          null);
    }
  }

  public void plan(Work work) {
    Run run = work.run();
    if (work.rehearsed()) {
      return;
    }
    steps.engagement().apply(run);
    if (run.scope().everything() && steps.state().quiet(run)) {
      return;
    }
    run.stopIfAsked();
    run.progress().step("planning");
    steps.conflicts().apply(run);
    steps.resolve().carryOptOuts(run);
    Plan plan = steps.planner().plan(run, work.provider().limits());
    work.plan(plan);
    if (plan.imported() > 0 && !run.looksOnly()) {
      steps.fields().ensure(run, work.provider(), customFields(work));
    }
    if (plan.empty() && run.scope().equals(Scope.ALL)) {
      steps.resolve().forgetDeparted(run);
      steps.state().settled(run, true);
    }
  }

  private List<String> customFields(Work work) {
    return work.standing() ? steps.resolve().customFields(work.run()) : work.customColumns();
  }

  public void guard(Work work) {
    if (work.rehearsed()) {
      return;
    }
    Plan plan = work.plan();
    boolean released = plan != null && released(work, plan);
    if (!released && work.run().scope().everything() && !work.run().scope().dryRun()) {
      steps.guard().lapse(work.run());
    }
  }

  private boolean released(Work work, Plan plan) {
    Guard.Whole whole = steps.guard().whole(work.run(), plan.empty());
    if (whole == Guard.Whole.HELD) {
      work.holdWholePlan();
    }
    return whole == Guard.Whole.APPROVED
        || whole == Guard.Whole.FREE
            && plan.removed() + plan.moved() > 0
            && steps.guard().check(work.run(), emptyRead(work));
  }

  private static boolean emptyRead(Work work) {
    StagedSource staged = work.staged();
    return work.emptyRead() || staged != null && staged.readCount() == 0;
  }

  /** Plans the reversal of the run that is to be undone. */
  public void planUndo(Work work) {
    Run run = work.run();
    steps.guard().refuseUndo(run);
    run.progress().step("planning the reversal");
    long undone = Objects.requireNonNull(run.scope().undoes());
    Plan plan = steps.planner().undo(run, undone, work.provider().limits());
    work.plan(plan);
    if (!run.scope().dryRun() && !plan.empty()) {
      steps.guard().noteUndo(run);
    }
  }

  /** Asks people to come back who gave fresh consent; the person alone decides. */
  public void resubscribe(Work work) {
    steps.resubscriptions().ask(Objects.requireNonNull(work.plan()), work.provider());
  }

  public void deliver(Work work) {
    work.refused(steps.delivery().deliver(Objects.requireNonNull(work.plan()), work.provider()));
  }

  public void settle(Work work) {
    Run run = work.run();
    steps.settlement().settle(run, work.provider(), work.refused());
    steps.resolve().forgetDeparted(run);
    if (run.scope().undoes() != null) {
      if (run.held() == null && run.parked() == null) {
        steps.guard().settle(run);
      }
      return;
    }
    boolean nothingLeft =
        run.held() == null && run.parked() == null && steps.planner().nothingLeft(run);
    if (nothingLeft) {
      if (run.scope().everything()) {
        steps.guard().settle(run);
      }
    } else if (run.held() == null && run.parked() == null) {
      run.park("some changes did not reach the provider; the next run sends them again");
    }
    if (run.scope().everything()) {
      steps.state().settled(run, nothingLeft);
    }
  }
}
