package org.rollcall.alert;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.rollcall.run.Lease;
import org.rollcall.settings.MailSettings;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Statuses;
import org.rollcall.verify.Statuses.GroupStatus;

/** What happened since the last digest, and what needs a person, on one page. */
final class Digest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_GROUPS = 10;
  private static final int LONGEST_GROUP = 60;

  /** A changed schedule owes nothing from before the change. */
  private static final String SCHEDULE =
      """
      INSERT INTO digest AS d (cron, time_zone, since) VALUES (:cron, :zone, :now)
      ON CONFLICT (one) DO UPDATE SET
        cron = excluded.cron,
        time_zone = excluded.time_zone,
        since = CASE WHEN (d.cron, d.time_zone) = (excluded.cron, excluded.time_zone)
          THEN d.since ELSE excluded.since END
      RETURNING greatest(since, sent_for) AS since, sent_for
      """;

  private final Settings settings;
  private final MailSettings mail;
  private final Store store;
  private final Conditions conditions;
  private final Words words;
  private final Times times;
  private final Clock clock;

  Digest(
      Settings settings,
      MailSettings mail,
      Store store,
      Conditions conditions,
      Words words,
      Times times,
      Clock clock) {
    this.settings = settings;
    this.mail = mail;
    this.store = store;
    this.conditions = conditions;
    this.words = words;
    this.times = times;
    this.clock = clock;
  }

  /** Writes the digest into the outbox when it is due; of several that were missed, one. */
  void look(Lease lease) {
    String cron = mail.digest();
    if (cron == null) {
      return;
    }
    Instant since = store.transaction(connection -> since(connection, cron));
    Optional<Instant> due = times.digest(since, clock.instant()).filter(since::isBefore);
    if (due.isEmpty()) {
      return;
    }
    Message message = compose(due.get());
    store.run(
        connection -> {
          lease.fence(connection);
          Outbox.write(connection, message, clock.instant());
          Query.of(connection, "UPDATE digest SET sent_for = :due").bind("due", due.get()).update();
        });
  }

  private Instant since(Connection connection, String cron) throws SQLException {
    return Query.of(connection, SCHEDULE)
        .bind("cron", cron)
        .bind("zone", mail.zone().getId())
        .bind("now", clock.instant())
        .first(row -> Objects.requireNonNull(Query.instant(row, "since")))
        .orElseThrow();
  }

  /** From the last digest on; without one, a day. */
  private Period until(Instant end) {
    Instant since =
        store
            .transaction(
                connection ->
                    Query.of(connection, "SELECT sent_for FROM digest WHERE sent_for IS NOT NULL")
                        .first(row -> Objects.requireNonNull(Query.instant(row, "sent_for"))))
            .orElseGet(() -> end.minus(DAY));
    return new Period(since, end);
  }

  /** What a digest tells of; the next one goes on where it ends, however late it was written. */
  private record Period(Instant since, Instant end) {}

  /**
   * @param end what happened after it is left to the next digest
   */
  Message compose(Instant end) {
    Period period = until(end);
    List<String> needs = new ArrayList<>();
    conditions.now().forEach(condition -> need(needs, condition));
    conditions.letters().forEach(letters -> need(needs, letters.condition()));
    StringBuilder told = new StringBuilder();
    for (SyncSettings sync : settings.syncs().values()) {
      told.append(told(sync, period, needs));
    }
    String subject =
        needs.isEmpty()
            ? "Rollcall digest: all in order"
            : "Rollcall digest: " + things(needs.size());
    return new Message(
        subject,
        words.time(period.since())
            + " to "
            + words.time(period.end())
            + "\n\n"
            + page(needs, told));
  }

  private static String things(int count) {
    return count == 1 ? "one thing needs somebody" : count + " things need somebody";
  }

  private String page(List<String> needs, StringBuilder told) {
    String first =
        needs.isEmpty()
            ? "Nothing needs anybody.\n"
            : "What needs somebody\n" + String.join("", needs);
    String syncs = told.isEmpty() ? "\nThere is no sync yet.\n" : told.toString();
    String foot = words.foot("");
    return first + syncs + (foot.isEmpty() ? "" : "\n" + foot);
  }

  private static void need(List<String> needs, Condition condition) {
    String command =
        condition.remedy().stream()
            .filter(step -> step.startsWith("rollcall "))
            .findFirst()
            .orElse("");
    need(needs, condition.headline(), command);
  }

  private static void need(List<String> needs, String what, String command) {
    needs.add("  - " + what + "\n" + (command.isEmpty() ? "" : "      " + command + "\n"));
  }

  private String told(SyncSettings sync, Period period, List<String> needs) {
    List<GroupStatus> groups = new Statuses(store).groups(sync.name());
    List<GroupStatus> failed =
        groups.stream()
            .filter(group -> group.failed() > 0)
            .sorted(Comparator.comparingLong(GroupStatus::failed).reversed())
            .toList();
    if (!failed.isEmpty()) {
      need(
          needs,
          Words.count(failed.size(), "group") + " of sync " + sync.name() + " with failed members",
          "rollcall status " + sync.name() + " --members");
    }
    long conflicts = number("alert/conflicts", sync);
    if (conflicts > 0) {
      need(
          needs,
          Words.count(conflicts, "address conflict") + " in sync " + sync.name(),
          "rollcall conflicts " + sync.name());
    }
    return "\nSync "
        + sync.name()
        + "\n"
        + counts(groups)
        + failedGroups(failed)
        + runs(sync, period)
        + optOuts(sync, period);
  }

  private static String counts(List<GroupStatus> groups) {
    return String.format(
        Locale.ENGLISH,
        "  Members, once per group: %,d synced, %,d pending, %,d unsubscribed, %,d failed, %,d"
            + " held, %,d not applicable.\n",
        groups.stream().mapToLong(GroupStatus::synced).sum(),
        groups.stream().mapToLong(group -> group.pending() + group.sending()).sum(),
        groups.stream().mapToLong(GroupStatus::unsubscribed).sum(),
        groups.stream().mapToLong(GroupStatus::failed).sum(),
        groups.stream().mapToLong(GroupStatus::held).sum(),
        groups.stream().mapToLong(GroupStatus::notApplicable).sum());
  }

  private static String failedGroups(List<GroupStatus> failed) {
    if (failed.isEmpty()) {
      return "";
    }
    List<String> named = new ArrayList<>();
    failed.stream()
        .limit(MOST_GROUPS)
        .forEach(
            group ->
                named.add(
                    String.format(
                        Locale.ENGLISH,
                        "%s %,d",
                        Plain.line(group.group(), LONGEST_GROUP),
                        group.failed())));
    if (failed.size() > MOST_GROUPS) {
      named.add((failed.size() - MOST_GROUPS) + " more groups");
    }
    return "  Failed members: " + String.join("; ", named) + ".\n";
  }

  private String runs(SyncSettings sync, Period period) {
    return store.transaction(
        connection ->
            at(Query.named(connection, "alert/activity"), sync, period)
                .first(
                    row ->
                        String.format(
                            Locale.ENGLISH,
                            "  %s, %,d of them failed: %s created, %,d updated; %,d put on lists,"
                                + " %,d taken off; %s.\n",
                            Words.count(row.getLong("runs"), "run"),
                            row.getLong("failed"),
                            Words.count(row.getLong("created"), "contact"),
                            row.getLong("updated"),
                            row.getLong("added"),
                            row.getLong("removed"),
                            Words.count(row.getLong("requests"), "request")))
                .orElseThrow());
  }

  private String optOuts(SyncSettings sync, Period period) {
    long count =
        store.transaction(
            connection -> at(Query.named(connection, "alert/opt_outs"), sync, period).number());
    return "  "
        + String.format(
            Locale.ENGLISH, "%,d %s opted out.\n", count, count == 1 ? "person" : "people");
  }

  private long number(String query, SyncSettings sync) {
    return store.transaction(
        connection ->
            Query.named(connection, query)
                .bind("account", sync.account())
                .bind("sync", sync.name())
                .number());
  }

  private static Query at(Query query, SyncSettings sync, Period period) {
    return query
        .bind("account", sync.account())
        .bind("sync", sync.name())
        .bind("since", period.since())
        .bind("now", period.end());
  }
}
