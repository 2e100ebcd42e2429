package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.consent.Ledger;
import org.rollcall.consent.Ledger.OptIn;
import org.rollcall.pace.ProviderException;
import org.rollcall.plan.Plan;
import org.rollcall.provider.Provider;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.run.Stop.Stopped;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Pull;

/**
 * Has the provider ask people to come back who opted out and have given fresh consent since. The
 * person's own click makes them mailable, nothing here does. Once per opt-out: the intention is
 * committed before the call; a call whose answer never came is made once more, and the provider
 * answers a second one with a conflict.
 */
public final class Resubscriptions {
  /** After so many the opt-outs are read again: consent may be withdrawn while this goes on. */
  private static final int CHUNK = 50;

  private static final String REMEDY =
      "look at the contact at the provider; replay to ask again, dismiss to leave it unsubscribed";

  private final Store store;
  private final Batches batches;
  private final Pull pull;
  private final Ledger ledger;
  private final DeadLetters deadLetters;
  private final Clock clock;

  public Resubscriptions(
      Store store, Pull pull, Ledger ledger, DeadLetters deadLetters, Clock clock) {
    this.store = store;
    this.batches = new Batches(store, clock);
    this.pull = pull;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** One person to be asked, on whose evidence, and for which lists. */
  private record Ask(OptIn optIn, int[] lists) {}

  /** Calls of an interrupted run may have been made or not. */
  public void recover(Run run) {
    store.run(
        connection -> {
          Query.of(
                  connection,
                  "UPDATE batch SET state = 'lost', finished_at = :now,"
                      + " detail = 'interrupted before the answer came'"
                      + " WHERE account_id = :account AND opt_out IS NOT NULL AND run_id < :run"
                      + " AND state = 'intended'")
              .bind("account", run.account())
              .bind("run", run.id())
              .bind("now", clock.instant())
              .update();
          notAThirdTime(connection, run);
        });
  }

  /**
   * Asks all whom the plan names and whose consent still holds; a stop or spent quota parks them.
   */
  public void ask(Plan plan, Provider provider) {
    if (plan.resubscribed() == 0) {
      return;
    }
    Run run = plan.run();
    run.progress().step("asking people to confirm that they come back");
    List<String> asked = new ArrayList<>();
    try {
      askAll(run, provider, asked);
    } catch (Stopped stopped) {
      run.park(stopped.getMessage());
    } catch (ProviderException e) {
      if (e.verdict() != ProviderException.Verdict.QUOTA_SPENT) {
        throw e;
      }
      run.park(e.getMessage());
    } finally {
      theOthersWait(run, asked);
    }
  }

  private void askAll(Run run, Provider provider, List<String> asked) {
    Map<Integer, String> listIds = batches.listIds(run);
    String after = "";
    while (true) {
      run.stopIfAsked();
      pull.optOuts(run, provider);
      List<Ask> next = next(run, after);
      if (next.isEmpty()) {
        return;
      }
      for (Ask ask : next) {
        run.stopIfAsked();
        after = ask.optIn().address();
        if (ask(run, provider, ask, listIds)) {
          asked.add(after);
        }
        run.progress().at(asked.size(), 0);
      }
    }
  }

  /** Whether the provider has asked, now or before. */
  private boolean ask(Run run, Provider provider, Ask ask, Map<Integer, String> listIds) {
    List<String> lists = new ArrayList<>();
    for (int list : ask.lists()) {
      lists.add(Objects.requireNonNull(listIds.get(list)));
    }
    long batch = intend(run, ask);
    try {
      provider.resubscribe(ask.optIn().contactId(), lists);
      settle(run, batch, ask, null);
      return true;
    } catch (ProviderException e) {
      return refused(run, batch, ask, e);
    }
  }

  private boolean refused(Run run, long batch, Ask ask, ProviderException e) {
    switch (e.verdict()) {
      case CONFLICT -> {
        settle(run, batch, ask, "asked before");
        return true;
      }
      case READ_BACK -> {
        store.run(
            connection -> {
              batches.ended(connection, run, batch, "lost", e.getMessage());
              notAThirdTime(connection, run);
            });
        return false;
      }
      case REFUSED, NOT_FOUND -> {
        bury(run, batch, ask, e.getMessage());
        return false;
      }
      case RETRY, QUEUE_FULL -> {
        batches.ended(run, batch, "refused", e.getMessage());
        return false;
      }
      case QUOTA_SPENT, RECONNECT, FORBIDDEN -> {
        batches.ended(run, batch, "refused", e.getMessage());
        throw e;
      }
    }
    throw new IllegalStateException(e);
  }

  private List<Ask> next(Run run, String after) {
    return store.transaction(
        connection ->
            Query.named(connection, "deliver/resubscriptions")
                .bind("account", run.account())
                .bind("run", run.id())
                .bind("after", after)
                .bind("now", run.startedAt())
                .bind("most", CHUNK)
                .list(Resubscriptions::asked));
  }

  private static Ask asked(ResultSet row) throws SQLException {
    return new Ask(
        new OptIn(
            row.getString("opt_out"),
            row.getString("member_key"),
            row.getString("address"),
            row.getString("contact_id"),
            row.getTimestamp("opt_in_at").toInstant(),
            row.getString("opt_in_source")),
        Query.ints(row, "lists"));
  }

  private long intend(Run run, Ask ask) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          ledger.optedIn(connection, run, ask.optIn());
          return Query.named(connection, "deliver/intend_resubscription")
              .bind("account", run.account())
              .bind("run", run.id())
              .bind("lists", ask.lists())
              .bind("addresses", new String[] {ask.optIn().address()})
              .bind("optOut", ask.optIn().optOut())
              .bind("now", clock.instant())
              .number();
        });
  }

  private void settle(Run run, long batch, Ask ask, @Nullable String remark) {
    store.run(
        connection -> {
          batches.ended(connection, run, batch, "done", remark);
          ledger.asked(connection, run, ask.optIn(), remark);
        });
  }

  private void bury(Run run, long batch, Ask ask, String cause) {
    run.counts().failed++;
    OptIn optIn = ask.optIn();
    store.run(
        connection -> {
          batches.ended(connection, run, batch, "refused", cause);
          deadLetters.keep(
              connection,
              run,
              new Letter(
                  Kind.RESUBSCRIBE,
                  optIn.memberKey(),
                  optIn.address(),
                  optIn.optOut(),
                  cause,
                  REMEDY));
          outcome(connection, run, "failed", "address = ANY (:addresses)", optIn.address());
        });
  }

  private void theOthersWait(Run run, List<String> asked) {
    store.run(
        connection ->
            outcome(
                connection,
                run,
                "waiting",
                "address <> ALL (:addresses)",
                asked.toArray(String[]::new)));
  }

  private static void outcome(
      Connection connection, Run run, String outcome, String which, String... addresses)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE change SET outcome = :outcome WHERE account_id = :account AND run_id = :run"
                + " AND action = 'resubscribe' AND outcome IS NULL AND "
                + which)
        .bind("outcome", outcome)
        .bind("account", run.account())
        .bind("run", run.id())
        .bind("addresses", addresses)
        .update();
  }

  private void notAThirdTime(Connection connection, Run run) throws SQLException {
    Query.named(connection, "deliver/asked_in_vain")
        .bind("account", run.account())
        .bind("now", clock.instant())
        .update();
  }
}
