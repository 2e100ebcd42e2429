package org.rollcall.deliver;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.pace.Sleeper;
import org.rollcall.provider.Provider;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Run;
import org.rollcall.run.Stop;
import org.rollcall.run.Stop.Stopped;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Pull;

/**
 * Settles a delivery member by member: what was sent is read back. What cannot be seen yet is
 * waited for with patience and never repaired inside it; what the provider counted as not taken
 * failed.
 */
public final class Settlement {
  /** So many contacts are read one by one; more are cheaper to read by page. */
  private static final int FEW = 20;

  private static final int MANY = 5_000;
  private static final Duration NEXT_SECOND = Duration.ofMillis(1_100);

  private final Store store;
  private final Batches batches;
  private final Pull pull;
  private final Jobs jobs;
  private final Refusals refusals;

  public Settlement(Store store, Pull pull, DeadLetters deadLetters, Clock clock, Sleeper sleeper) {
    this.store = store;
    this.batches = new Batches(store, clock);
    this.pull = pull;
    this.jobs = new Jobs(sleeper);
    this.refusals = new Refusals(store, deadLetters, clock);
  }

  /**
   * @param refused how many rows the provider counts as not taken without naming them
   */
  public void settle(Run run, Provider provider, long refused) {
    run.progress().step("reading back what the provider holds");
    try {
      letTheSecondPass(run);
      run.stopIfAskedAtOnce();
      markNotSent(run);
      pull.afterDelivery(run, provider);
      waitForTheRest(run, provider, refused);
      batches.settled(run.account(), run.id());
    } catch (Stopped stopped) {
      run.park(stopped.getMessage());
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.QUOTA_SPENT) {
        throw e;
      }
      run.park(e.getMessage());
    }
  }

  /**
   * Times at the provider are whole seconds. After a large delivery the reading begins in the next
   * one, or every later run would read the contacts of this second again.
   */
  private void letTheSecondPass(Run run) {
    if (run.counts().addToList + run.counts().updateContact > MANY) {
      jobs.sleep(NEXT_SECOND);
    }
  }

  private void waitForTheRest(Run run, Provider provider, long refused) {
    long begun = System.nanoTime();
    long patience = run.target().account().settlePatience().toNanos();
    Duration wait = run.target().account().pollInterval();
    List<String> unseen = unseen(run);
    while (!unseen.isEmpty()) {
      if (unseen.size() <= refused || System.nanoTime() - begun > patience) {
        giveUp(run, unseen, refused);
        return;
      }
      Stop.Reason stop = run.stopReason();
      if (stop != null) {
        markUnseen(run, unseen);
        run.park(stop.sentence());
        return;
      }
      jobs.sleep(wait);
      wait = Jobs.longer(wait);
      if (unseen.size() <= FEW) {
        pull.single(run, provider, unseen);
      } else {
        pull.afterDelivery(run, provider);
      }
      unseen = unseen(run);
    }
  }

  private void giveUp(Run run, List<String> unseen, long refused) {
    boolean counted = unseen.size() <= refused;
    for (String address : unseen) {
      if (counted) {
        refusals.record(run, address, "the provider did not take this record and gave no reason");
      }
    }
    if (!counted) {
      markUnseen(run, unseen);
      run.park(unseen.size() + " changes were sent but cannot be seen at the provider yet");
    }
  }

  private void markNotSent(Run run) {
    store.run(
        connection -> {
          long notDone =
              Query.of(
                      connection,
                      "SELECT count(*) FROM change c WHERE c.account_id = :account"
                          + " AND c.run_id = :run AND c.action = 'import'"
                          + " AND cardinality(c.lists) + cardinality(c.others) > 0"
                          + " AND (EXISTS (SELECT FROM batch b WHERE b.account_id = :account"
                          + " AND b.run_id = :run AND b.kind IN ('import', 'single') AND b.state <> 'done')"
                          + " OR :parked)")
                  .bind("account", run.account())
                  .bind("run", run.id())
                  .bind("parked", run.parked() != null)
                  .number();
          if (notDone > 0) {
            Query.named(connection, "verify/not_sent")
                .bind("account", run.account())
                .bind("run", run.id())
                .update();
          }
        });
  }

  private List<String> unseen(Run run) {
    return store.transaction(
        connection ->
            Query.named(connection, "verify/unseen")
                .bind("account", run.account())
                .bind("run", run.id())
                .list(row -> row.getString(1)));
  }

  private void markUnseen(Run run, List<String> addresses) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE change SET outcome = 'unseen' WHERE account_id = :account"
                        + " AND run_id = :run AND outcome IS NULL AND address = ANY (:addresses)")
                .bind("account", run.account())
                .bind("run", run.id())
                .bind("addresses", addresses.toArray(String[]::new))
                .update());
  }
}
