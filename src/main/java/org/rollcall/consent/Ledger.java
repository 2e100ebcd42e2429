package org.rollcall.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Who opted out and who came back, when, by which system, and on what evidence. */
public final class Ledger {
  private final Store store;

  public Ledger(Store store) {
    this.store = store;
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

  /** Gives a sync's entries, the oldest first, without holding them all. */
  public void each(
      String sync, @Nullable String member, @Nullable Instant since, Consumer<Entry> sink) {
    store.run(
        connection ->
            Query.named(connection, "consent/entries")
                .bind("sync", sync)
                .bind("member", member)
                .bind("since", since)
                .streaming(1000)
                .each(row -> sink.accept(entry(row))));
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
