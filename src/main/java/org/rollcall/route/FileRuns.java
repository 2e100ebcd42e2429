package org.rollcall.route;

import java.util.List;
import java.util.Objects;
import org.rollcall.drop.DropLedger;
import org.rollcall.drop.MemberFile;
import org.rollcall.plan.PlanView;
import org.rollcall.run.Target;
import org.rollcall.store.Store;

/** What is peculiar about syncs whose members come as files. */
public final class FileRuns {
  private static final int SHOWN = 51;

  private final Store store;
  private final DropLedger ledger;

  public FileRuns(Store store, DropLedger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /** Refuses to run a sync that has never been given anybody. */
  void requireAny(Target target) {
    if (!ledger.hasAny(target)) {
      throw new IllegalStateException(
          "sync %s has not been given a file of members yet: drop one, or use rollcall import %1$s FILE"
              .formatted(target.sync().name()));
    }
  }

  /** Takes a file over and plans, and undoes both; what the plan said stays in the work. */
  void rehearse(Work work, Runnable takeOver, Runnable plan) {
    List<PlanView.Entry> entries =
        store.rehearse(
            () -> {
              takeOver.run();
              plan.run();
              return new PlanView(store).entries(work.run().id(), SHOWN);
            });
    MemberFile file = Objects.requireNonNull(work.file());
    file.foresee(entries);
    work.rehearse();
  }
}
