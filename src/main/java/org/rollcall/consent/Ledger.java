package org.rollcall.consent;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Who opted out and who came back, when, by which system, and on what evidence. */
public final class Ledger {
  private final Store store;
  private final Clock clock;

  public Ledger(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What happened to one member's consent.
   *
   * @param id the same whenever the same thing is read again
   * @param what {@code opt_out}, {@code opt_in}, {@code resubscribe_asked} or {@code resubscribed}
   * @param address the contact's address then
   * @param at by the clock of the system where it happened, and {@code seenAt} by the hub's
   * @param system {@code provider}, {@code source} or {@code hub}
   * @param by {@code Contact} or {@code Account}; of a source row, its {@code opt_in_source}
   * @param reason as the provider gives it
   * @param optOut the id of the opt-out that this answers
   * @param handedAt when the sync's opt-outs route had it
   */
  public record Entry(
      String id,
      String memberKey,
      String what,
      String address,
      Instant at,
      Instant seenAt,
      String system,
      @Nullable String by,
      @Nullable String reason,
      @Nullable String optOut,
      @Nullable Instant handedAt) {}

  /** Gives a sync's entries as they were met, the oldest first, without holding them all. */
  public void each(
      String sync, @Nullable String member, @Nullable Instant since, Consumer<Entry> sink) {
    store.run(
        connection ->
            Query.named(connection, "consent/entries")
                .bind("sync", sync)
                .bind("member", member)
                .bind("since", since)
                .bind("afterOrd", null)
                .bind("afterMember", null)
                .bind("most", null)
                .streaming(1000)
                .each(row -> sink.accept(entry(row))));
  }

  /** An entry's place, in the order in which entries were met. */
  public record Place(long ord, String memberKey) {
    public static final Place BEGINNING = new Place(0, "");
  }

  /** An entry with its place. */
  public record Placed(Entry entry, Place place) {}

  /** So many entries from a place on. */
  public List<Placed> page(
      String sync, @Nullable String member, @Nullable Instant since, Place after, int atMost) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "consent/entries")
                    .bind("sync", sync)
                    .bind("member", member)
                    .bind("since", since)
                    .bind("afterOrd", after.ord())
                    .bind("afterMember", after.memberKey())
                    .bind("most", atMost)
                    .list(Ledger::placed)));
  }

  private static Placed placed(ResultSet row) throws SQLException {
    return new Placed(entry(row), new Place(row.getLong("ord"), row.getString("member_key")));
  }

  /**
   * Notes whose entries they are.
   *
   * @param since leaves out what was seen before; null when members may have changed as well
   */
  public void attach(Run run, @Nullable Instant since) {
    store.run(
        connection -> {
          run.fence(connection);
          for (String step : new String[] {"attach", "attach_answers"}) {
            Query.named(connection, "consent/" + step)
                .bind("account", run.account())
                .bind("sync", run.sync())
                .bind("since", since)
                .update();
          }
        });
  }

  /**
   * A member's fresh consent, given after an opt-out.
   *
   * @param optOut the id of that opt-out
   * @param at when the source says it was given, and {@code source} where
   */
  public record OptIn(
      String optOut,
      String memberKey,
      String address,
      String contactId,
      Instant at,
      String source) {}

  /** Enters the consent on which a person is about to be asked to come back. */
  public void optedIn(Connection connection, Run run, OptIn optIn) throws SQLException {
    String key = optIn.optOut() + " " + optIn.memberKey() + " " + optIn.at().toEpochMilli();
    entry(connection, run, optIn, "opt-in for " + key)
        .bind("what", "opt_in")
        .bind("system", "source")
        .bind("at", optIn.at())
        .bind("by", optIn.source())
        .bind("reason", null)
        .update();
  }

  /**
   * Enters that the provider has asked the person to confirm.
   *
   * @param remark what is special about it, or null
   */
  public void asked(Connection connection, Run run, OptIn optIn, @Nullable String remark)
      throws SQLException {
    entry(connection, run, optIn, "asked after " + optIn.optOut())
        .bind("what", "resubscribe_asked")
        .bind("system", "hub")
        .bind("at", clock.instant())
        .bind("by", optIn.source())
        .bind("reason", remark)
        .update();
  }

  private Query entry(Connection connection, Run run, OptIn optIn, String key) throws SQLException {
    return Query.named(connection, "consent/enter")
        .bind("account", run.account())
        .bind("key", key)
        .bind("address", optIn.address())
        .bind("contact", optIn.contactId())
        .bind("now", clock.instant())
        .bind("optOut", optIn.optOut());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("id"),
        row.getString("member_key"),
        row.getString("what"),
        row.getString("address"),
        row.getTimestamp("at").toInstant(),
        row.getTimestamp("seen_at").toInstant(),
        row.getString("system"),
        row.getString("by"),
        row.getString("reason"),
        row.getString("opt_out_id"),
        Query.instant(row, "handed_at"));
  }
}
