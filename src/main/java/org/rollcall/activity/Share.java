package org.rollcall.activity;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.rollcall.run.Run;
import org.rollcall.settings.AccountSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The part of a day's requests that the reading of activities may use, counted over all runs. */
final class Share {
  private final Store store;
  private final Clock clock;
  private final Run run;

  Share(Store store, Clock clock, Run run) {
    this.store = store;
    this.clock = clock;
    this.run = run;
  }

  /** What may still be asked today. */
  long left() {
    AccountSettings account = run.target().account();
    long whole = (long) account.requestsPerDay() * account.activities().share() / 100;
    long used =
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT coalesce(sum(used), 0) FROM activity_day"
                            + " WHERE account_id = :account AND day = :day")
                    .bind("account", run.account())
                    .bind("day", today())
                    .number());
    return Math.max(0, Math.max(1, whole) - used);
  }

  /** Counts one request that is about to be made. */
  void spend() {
    store.run(
        connection ->
            Query.named(connection, "activity/use_share")
                .bind("account", run.account())
                .bind("day", today())
                .bind("used", 1)
                .update());
  }

  String sentence() {
    return "the day's share for activities (activities-share, "
        + run.target().account().activities().share()
        + " %) is used up; the rest is read the next time";
  }

  /** For whoever cannot be answered any more today. */
  String refusal() {
    return "the day's share for activities (activities-share, "
        + run.target().account().activities().share()
        + " %) is used up; it begins anew at 00:00 UTC";
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
