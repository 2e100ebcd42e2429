package org.rollcall.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ContactQuery;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.provider.SeenContact;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;

/**
 * Reads from the provider what changed there, and makes it what the hub knows. An account met for
 * the first time is read whole. Opt-outs are asked for with an overlap, because one that became
 * visible late must not be missed.
 */
public final class Pull {
  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final Duration CLOCK_DOUBT = Duration.ofMinutes(5);

  private final Store store;
  private final Clock clock;

  public Pull(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Marks(@Nullable Instant pulledUntil, @Nullable Instant optOutsUntil) {}

  /**
   * Before a plan: who opted out, and what else changed.
   *
   * @param interrupted a run whose deliveries this reading settles
   */
  public void beforePlan(Run run, Provider provider, OptionalLong interrupted) {
    Marks marks = marks(run);
    Instant since = marks.pulledUntil();
    if (since == null) {
      run.progress().step("reading what the account holds");
      read(run, provider, new ContactQuery.Everything(), interrupted, true);
      return;
    }
    run.stopIfAsked();
    run.progress().step("reading opt-outs and changes");
    Instant optOuts = marks.optOutsUntil() == null ? since : marks.optOutsUntil();
    read(
        run,
        provider,
        new ContactQuery.OptedOutSince(optOuts.minus(OVERLAP)),
        OptionalLong.empty(),
        false);
    read(run, provider, new ContactQuery.ChangedSince(since), interrupted, true);
  }

  /** After a delivery: everything changed since the reading before it. */
  public void afterDelivery(Run run, Provider provider) {
    Instant since = marks(run).pulledUntil();
    ContactQuery query =
        since == null ? new ContactQuery.Everything() : new ContactQuery.ChangedSince(since);
    read(run, provider, query, OptionalLong.of(run.id()), true);
  }

  /** Reads single contacts, for the few whose change was not seen yet. */
  public void single(Run run, Provider provider, List<String> addresses) {
    collect(
        run,
        seen -> {
          for (String address : addresses) {
            seen.add(
                provider.readContacts(new ContactQuery.WithAddress(address), null).items());
          }
          return Optional.empty();
        },
        OptionalLong.of(run.id()),
        false);
  }

  private void read(
      Run run,
      Provider provider,
      ContactQuery query,
      OptionalLong settles,
      boolean everyChange) {
    collect(run, seen -> pages(run, provider, query, seen), settles, everyChange);
  }

  private Optional<Instant> pages(
      Run run, Provider provider, ContactQuery query, SeenContacts seen) throws SQLException {
    Page<SeenContact> page = provider.readContacts(query, null);
    Instant at = page.at() == null ? clock.instant().minus(CLOCK_DOUBT) : page.at();
    seen.add(page.items());
    while (page.next() != null) {
      run.stopIfAskedAtOnce();
      page = provider.readContacts(query, page.next());
      seen.add(page.items());
      run.progress().at(seen.count(), 0);
    }
    return Optional.of(at);
  }

  /** Fills the table of seen contacts; gives the provider's clock at the first page. */
  private interface Reading {
    Optional<Instant> into(SeenContacts seen) throws SQLException;
  }

  /** Nothing read counts before the last page came: a torn reading changes nothing. */
  private void collect(Run run, Reading reading, OptionalLong settles, boolean everyChange) {
    try (Connection session = store.pool().getConnection()) {
      SeenContacts seen = new SeenContacts(session);
      Optional<Instant> at = reading.into(seen);
      session.setAutoCommit(false);
      try {
        run.fence(session);
        merge(session, run, seen, settles);
        if (at.isPresent()) {
          mark(session, run, at.get(), everyChange);
        }
        session.commit();
      } catch (Throwable failed) {
        session.rollback();
        throw failed;
      } finally {
        session.setAutoCommit(true);
        Query.of(session, "DROP TABLE IF EXISTS seen").update();
      }
    } catch (SQLException e) {
      throw StoreException.of("the hub's database refused", e);
    }
  }

  private void merge(Connection session, Run run, SeenContacts seen, OptionalLong settles)
      throws SQLException {
    int changed = 0;
    if (seen.count() > 0) {
      Query.of(session, "ANALYZE seen").update();
      for (String step : List.of("moved", "contacts", "left_lists", "joined_lists", "opt_outs")) {
        changed += step(session, run, settles.orElse(0), step);
      }
    }
    if (settles.isPresent()) {
      changed += step(session, run, settles.getAsLong(), "confirm_updates");
      changed += step(session, run, settles.getAsLong(), "unsubscribed");
    }
    if (changed > 0) {
      Query.of(session, "UPDATE account SET version = version + 1 WHERE account_id = :account")
          .bind("account", run.account())
          .update();
    }
  }

  private int step(Connection session, Run run, long settled, String step) throws SQLException {
    return Query.named(session, "verify/" + step)
        .bind("account", run.account())
        .bind("run", settled)
        .bind("now", clock.instant())
        .update();
  }

  private static void mark(Connection session, Run run, Instant at, boolean everyChange)
      throws SQLException {
    Query.of(
            session,
            "UPDATE account SET opt_outs_until = :at"
                + (everyChange
                    ? ", pulled_until = :at, adopted_at = coalesce(adopted_at, :at)"
                    : "")
                + " WHERE account_id = :account")
        .bind("at", at)
        .bind("account", run.account())
        .update();
  }

  private Marks marks(Run run) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT pulled_until, opt_outs_until FROM account WHERE account_id = :account")
                .bind("account", run.account())
                .first(
                    row ->
                        new Marks(
                            Query.instant(row, "pulled_until"),
                            Query.instant(row, "opt_outs_until")))
                .orElseThrow());
  }
}
