package org.rollcall.activity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.rollcall.erasure.Erasures;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.Provider;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The steps of reading activities. */
public final class ActivityReports {
  private final Store store;
  private final Clock clock;
  private final Erasures erasures;
  private final Months months;
  private final Looking looking;
  private final UnreadRows unreadRows;

  public ActivityReports(Store store, DeadLetters letters, Erasures erasures, Clock clock) {
    this.store = store;
    this.unreadRows = new UnreadRows(letters);
    this.clock = clock;
    this.erasures = erasures;
    this.months = new Months(store);
    this.looking = new Looking(store, clock);
  }

  /** The number of the activity that came last, 0 before the first. */
  static long last(Connection connection, Run run) throws SQLException {
    return Query.of(
            connection,
            "SELECT coalesce(max(activity_no), 0) FROM activity WHERE account_id = :account")
        .bind("account", run.account())
        .number();
  }

  /** What is to be read in one run, cheapest question first. */
  public final class Reading {
    private final Run run;
    private final Provider provider;
    private final Share share;
    private final Instant begun = clock.instant();
    private List<News> news = List.of();

    private Reading(Run run, Provider provider) {
      this.run = run;
      this.provider = provider;
      this.share = new Share(store, clock, run);
    }

    /** Asks for the counts and compares them with what is known. */
    public Forecast look() {
      news = looking.look(run, provider, share);
      run.counts().campaigns = news.stream().map(News::campaign).distinct().count();
      return Forecast.of(news, provider.reportLimits().pageSize(), share.left());
    }

    /** Reads who opted out by which campaign, and enters it into the ledger. */
    public void optOuts() {
      run.progress().step("reading opt-outs of campaigns");
      read(news.stream().filter(one -> one.kind() == ActivityKind.OPT_OUT).toList());
      enterOptOuts();
      countHours();
    }

    /** Reads everything else, the newest campaign first. */
    public void others() {
      run.progress().step("reading what was done with campaigns");
      Comparator<News> urgency =
          Comparator.comparingInt(one -> ActivityKind.BY_URGENCY.indexOf(one.kind()));
      List<Integer> campaigns = news.stream().map(News::campaign).distinct().toList();
      Comparator<News> newest = Comparator.comparingInt(one -> campaigns.indexOf(one.campaign()));
      read(
          looking.news(run).stream()
              .filter(one -> one.kind() != ActivityKind.OPT_OUT)
              .sorted(newest.thenComparing(urgency))
              .toList());
      countHours();
      months.forget(run.account(), looking.oldest(run));
      if (run.parked() == null) {
        noteWhole();
      }
    }

    /** Whoever is not known to have done something before has not done it. */
    private void noteWhole() {
      store.run(
          connection -> {
            run.fence(connection);
            Query.of(
                    connection,
                    "UPDATE account SET activities_at = :begun WHERE account_id = :account")
                .bind("begun", begun)
                .bind("account", run.account())
                .update();
          });
    }

    private void read(List<News> chosen) {
      Harvest harvest =
          new Harvest(
              run,
              provider,
              new Pages(store, months, unreadRows),
              share,
              erasures.addresses(),
              looking.oldest(run));
      try {
        for (News one : chosen) {
          harvest.read(one);
        }
      } catch (Harvest.Spent e) {
        run.park(share.sentence());
      } catch (ProviderException e) {
        if (e.verdict() != Verdict.QUOTA_SPENT) {
          throw e;
        }
        run.park(e.getMessage());
      }
    }

    /** What a run that broke off left is counted by the next one. */
    private void countHours() {
      store.run(
          connection -> {
            run.fence(connection);
            long last = last(connection, run);
            long after = about(connection, "SELECT hours_until FROM account");
            Query.named(connection, "activity/count_hours")
                .bind("account", run.account())
                .bind("after", after)
                .bind("last", last)
                .update();
            Query.of(
                    connection,
                    "UPDATE account SET hours_until = :last WHERE account_id = :account")
                .bind("last", Math.max(last, after))
                .bind("account", run.account())
                .update();
          });
    }

    private long about(Connection connection, String select) throws SQLException {
      return Query.of(connection, select + " WHERE account_id = :account")
          .bind("account", run.account())
          .number();
    }

    /** Nothing before the account was read: then nobody knows who has come back since. */
    private void enterOptOuts() {
      store.run(
          connection -> {
            run.fence(connection);
            long last = last(connection, run);
            long after =
                about(
                    connection,
                    "SELECT CASE WHEN pulled_until IS NULL THEN -1 ELSE opt_outs_until END"
                        + " FROM account");
            if (after < 0) {
              return;
            }
            for (String step : List.of("opt_outs_met", "opt_outs_new")) {
              Query.named(connection, "activity/" + step)
                  .bind("account", run.account())
                  .bind("after", after)
                  .bind("now", clock.instant())
                  .update();
            }
            Query.of(
                    connection,
                    "UPDATE account SET opt_outs_until = :last WHERE account_id = :account")
                .bind("last", last)
                .bind("account", run.account())
                .update();
          });
    }
  }

  public Reading begin(Run run, Provider provider) {
    return new Reading(run, provider);
  }
}
