package org.rollcall.route;

import org.rollcall.run.Run;
import org.rollcall.verify.Balance;
import org.rollcall.verify.Drift;

/** The last step of a run that read everything back. */
public final class Reconciliation {
  private final Drift drift;
  private final Balance balance;

  public Reconciliation(Drift drift, Balance balance) {
    this.drift = drift;
    this.balance = balance;
  }

  /** Notes what was put right, and what every list holds now; nothing after a dry run. */
  public void close(Work work) {
    Run run = work.run();
    if (run.reconciling() != null && !run.scope().dryRun()) {
      drift.settle(run);
      balance.note(run, work.provider());
    }
  }
}
