package org.rollcall.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.rollcall.pace.Budget;
import org.rollcall.pace.Purpose;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.MailSettings;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Finds what needs a person now, from what runs left behind. Changes nothing. */
final class Conditions {
  private static final int LONGEST_REASON = 300;

  /** A run that is due may take so long before somebody is told that it confirmed nothing. */
  private static final Duration LONGEST_RUN = Duration.ofHours(12);

  private final Settings settings;
  private final MailSettings mail;
  private final Store store;
  private final Budget budget;
  private final Times times;
  private final Clock clock;

  Conditions(
      Settings settings, MailSettings mail, Store store, Budget budget, Times times, Clock clock) {
    this.settings = settings;
    this.mail = mail;
    this.store = store;
    this.budget = budget;
    this.times = times;
    this.clock = clock;
  }

  /** The last finished run of a job. */
  private record Last(
      String account,
      String sync,
      String job,
      long run,
      String state,
      String why,
      boolean decided,
      Instant at) {

    static Last of(ResultSet row) throws SQLException {
      String error = row.getString("error");
      return new Last(
          row.getString("account"),
          row.getString("sync"),
          row.getString("job"),
          row.getLong("run_id"),
          row.getString("state"),
          Objects.requireNonNullElse(
              error == null ? row.getString("held_reason") : error, "no reason is known"),
          row.getString("decision") != null,
          Objects.requireNonNull(Query.instant(row, "finished_at")));
    }
  }

  private record Confirmed(String account, String sync, Instant at, boolean never) {}

  /** All but dead letters, which come in bursts. */
  List<Condition> now() {
    List<Condition> found = new ArrayList<>();
    List<Last> runs =
        store.transaction(connection -> Query.named(connection, "alert/runs").<Last>list(Last::of));
    for (Last run : runs) {
      if (known(run.account(), run.sync())) {
        judge(run).filter(one -> isNew(found, one)).ifPresent(found::add);
      }
    }
    stale(found);
    for (AccountSettings account : settings.accounts().values()) {
      reconnect(account).ifPresent(found::add);
      quota(account).ifPresent(found::add);
    }
    return found;
  }

  /** Lists and contacts of a sync fail together. */
  private static boolean isNew(List<Condition> found, Condition one) {
    return found.stream().noneMatch(other -> other.key().equals(one.key()));
  }

  List<Letters> letters() {
    List<Letters> all =
        store.transaction(
            connection ->
                Query.named(connection, "alert/dead_letters").<Letters>list(Conditions::letters));
    return all.stream().filter(one -> known(one.account(), one.sync())).toList();
  }

  private static Letters letters(ResultSet row) throws SQLException {
    return new Letters(
        row.getString("account"),
        row.getString("sync"),
        row.getLong("open"),
        row.getLong("fresh"),
        Query.instant(row, "oldest"),
        Query.instant(row, "newest"),
        row.getLong("last"));
  }

  /** Whether it is about something that is in the settings still. */
  boolean known(Condition.Key key) {
    return switch (key.kind()) {
      case RECONNECT, QUOTA -> settings.accounts().containsKey(key.account());
      case FAILED, ACTIVITIES_FAILED, HELD, STALE, DEAD_LETTERS ->
          known(key.account(), key.subject());
    };
  }

  private boolean known(String account, String sync) {
    SyncSettings found = settings.syncs().get(sync);
    return found != null && found.account().equals(account);
  }

  private static Optional<Condition> judge(Last run) {
    if (run.state().equals("failed")) {
      return Optional.of(run.job().equals("activities") ? activitiesFailed(run) : failed(run));
    }
    boolean waits = run.state().equals("held") && !run.decided() && run.job().equals("contacts");
    return waits ? Optional.of(held(run)) : Optional.empty();
  }

  private static Condition failed(Last run) {
    return new Condition(
        Kind.FAILED,
        run.account(),
        run.sync(),
        "sync " + run.sync() + " failed",
        "Run "
            + run.run()
            + " of sync "
            + run.sync()
            + " failed: "
            + Plain.line(run.why(), LONGEST_REASON)
            + "\nThe lists at the provider stay as they are until a run works again.",
        List.of(
            "The next run tries again by itself. If the reason above is nothing that passes, tell"
                + " whoever looks after Rollcall. To try at once:",
            "rollcall sync " + run.sync()));
  }

  private static Condition activitiesFailed(Last run) {
    return new Condition(
        Kind.ACTIVITIES_FAILED,
        run.account(),
        run.sync(),
        "activities of sync " + run.sync() + " could not be read",
        "Run "
            + run.run()
            + " failed: "
            + Plain.line(run.why(), LONGEST_REASON)
            + "\nThe lists are not concerned. Nothing is lost: what is new is read the next time.",
        List.of(
            "The next reading tries again by itself. To try at once:",
            "rollcall sync " + run.sync() + " --job activities"));
  }

  private static Condition held(Last run) {
    return new Condition(
        Kind.HELD,
        run.account(),
        run.sync(),
        "a plan of sync " + run.sync() + " waits for you",
        "Run "
            + run.run()
            + " of sync "
            + run.sync()
            + " would change more than it may without asking: "
            + Plain.line(run.why(), LONGEST_REASON)
            + "\nThat part has not been sent.",
        List.of(
            "Look at what it would do:",
            "rollcall status " + run.sync() + " --plan " + run.run(),
            "If it is right, release it. If the member database is wrong, correct it and drop the"
                + " plan.",
            "rollcall approve " + run.run(),
            "rollcall reject " + run.run()));
  }

  private Optional<Condition> reconnect(AccountSettings account) {
    boolean lost =
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT 1 FROM account_token WHERE account_name = :name"
                            + " AND state = 'reconnect'")
                    .bind("name", account.name())
                    .first(row -> true)
                    .isPresent());
    return lost ? Optional.of(reconnect(account.name())) : Optional.empty();
  }

  private static Condition reconnect(String account) {
    return new Condition(
        Kind.RECONNECT,
        account,
        account,
        "account " + account + " has to be connected again",
        "The provider does not accept Rollcall's access to account "
            + account
            + " any more. Nothing is synchronised there until somebody signs in again.",
        List.of(
            "Somebody who may sign in to that account at the provider runs:",
            "rollcall connect " + account));
  }

  private Optional<Condition> quota(AccountSettings account) {
    long used = budget.usedToday(account.clientId());
    boolean spent =
        budget.permittedToday(account.clientId(), account.requestsPerDay(), 0, Purpose.OPT_OUTS)
            == 0;
    long percent = 100 * used / account.requestsPerDay();
    return spent || percent >= mail.quotaAlert()
        ? Optional.of(quota(account, used, spent))
        : Optional.empty();
  }

  private Condition quota(AccountSettings account, long used, boolean spent) {
    LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
    String headline =
        spent
            ? "account " + account.name() + " has no requests left today"
            : "account " + account.name() + " has nearly used up today's requests";
    return new Condition(
        Kind.QUOTA,
        account.name(),
        account.name(),
        headline,
        String.format(
            Locale.ENGLISH,
            "%,d of the %,d requests that the provider allows in a day have been used. What is left"
                + " to do waits, and goes on at 00:00 UTC of %s. Nothing is lost.",
            used,
            account.requestsPerDay(),
            tomorrow),
        List.of(
            "Nothing. If this comes often, tell whoever looks after Rollcall; what each run used:",
            "rollcall status"));
  }

  private void stale(List<Condition> found) {
    List<Confirmed> confirmed =
        store.transaction(
            connection ->
                Query.named(connection, "alert/confirmed")
                    .<Confirmed>list(
                        row ->
                            new Confirmed(
                                row.getString("account"),
                                row.getString("sync"),
                                Objects.requireNonNull(Query.instant(row, "at")),
                                row.getBoolean("never"))));
    confirmed.stream()
        .filter(one -> known(one.account(), one.sync()) && isStale(one))
        .map(this::stale)
        .forEach(found::add);
  }

  /** A sync that runs once a week is no trouble on the other days. */
  private boolean isStale(Confirmed last) {
    Instant now = clock.instant();
    Duration grace = mail.staleAfter().compareTo(LONGEST_RUN) < 0 ? mail.staleAfter() : LONGEST_RUN;
    return now.isAfter(last.at().plus(mail.staleAfter()))
        && times.due(last.sync(), now.minus(grace)).filter(last.at()::isBefore).isPresent();
  }

  private Condition stale(Confirmed last) {
    long hours = Duration.between(last.at(), clock.instant()).toHours();
    return new Condition(
        Kind.STALE,
        last.account(),
        last.sync(),
        "sync " + last.sync() + " has confirmed nothing for " + Words.count(hours, "hour"),
        (last.never()
                ? "No run of sync " + last.sync() + " has ever been completed"
                : "No run of sync " + last.sync() + " has been completed for that long")
            + ", although one was due. The lists at the provider may be behind the member"
            + " database.",
        List.of(
            "If another message says why, begin there. See what the last run said, and try:",
            "rollcall status " + last.sync(),
            "rollcall sync " + last.sync()));
  }
}
