package org.rollcall.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rollcall.erasure.Erasures;
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

  /** Times are whole seconds, and the filters leave out the second that is named. */
  private static final Duration SECONDS = Duration.ofSeconds(1);

  /** An answer's time this close after the newest change is by the same clock. */
  private static final Duration SAME_CLOCK = Duration.ofSeconds(60);

  /** What is done with contacts that were read, in this order. */
  private static final List<String> STEPS =
      List.of(
          "address_conflicts",
          "moved",
          "contacts",
          "left_lists",
          "joined_lists",
          "opt_outs",
          "came_back");

  private final Store store;
  private final Clock clock;
  private final Erasures erasures;
  private final Drift drift;

  public Pull(Store store, Erasures erasures, Clock clock) {
    this.erasures = erasures;
    this.store = store;
    this.clock = clock;
    this.drift = new Drift(store, clock);
  }

  /**
   * Before a plan: who opted out, and what else changed.
   *
   * @param interrupted a run whose deliveries this reading settles
   */
  public void beforePlan(Run run, Provider provider, OptionalLong interrupted) {
    Instant since = pulledUntil(run);
    if (run.reconciling() != null) {
      if (run.reconciling().putBack()) {
        allOptOuts(run, provider);
      }
      run.progress().step("reading everything back");
      collect(run, everything(run, provider), interrupted, Extent.COMPARED);
      return;
    }
    if (since == null) {
      run.progress().step("reading what the account holds");
      read(run, provider, new ContactQuery.Everything(false), interrupted, true);
      return;
    }
    run.stopIfAsked();
    run.progress().step("reading opt-outs and changes");
    read(
        run,
        provider,
        new ContactQuery.OptedOutSince(since.minus(OVERLAP)),
        OptionalLong.empty(),
        false);
    read(run, provider, new ContactQuery.ChangedSince(since.minus(SECONDS)), interrupted, true);
  }

  private void allOptOuts(Run run, Provider provider) {
    run.progress().step("reading all opt-outs");
    read(run, provider, new ContactQuery.OptedOutSince(Instant.EPOCH), OptionalLong.empty(), false);
  }

  /** Everything the account holds, taken over without comparing. */
  public void whole(Run run, Provider provider) {
    run.progress().step("reading what the account holds");
    read(run, provider, new ContactQuery.Everything(false), OptionalLong.empty(), true);
  }

  /** Who opted out until now. */
  public void optOuts(Run run, Provider provider) {
    Instant since = pulledUntil(run);
    ContactQuery query =
        new ContactQuery.OptedOutSince(since == null ? Instant.EPOCH : since.minus(OVERLAP));
    read(run, provider, query, OptionalLong.empty(), false);
  }

  /** How much of the account a reading covers. */
  private enum Extent {
    /** Single contacts, or those of one kind. */
    SOME,
    /** Every change since the reading before. */
    CHANGES,
    /** Everything the account holds. */
    WHOLE,
    /** Everything, and how it differs from what was known is noted. */
    COMPARED
  }

  private static Reading everything(Run run, Provider provider) {
    return seen -> pages(run, provider, new ContactQuery.Everything(true), seen);
  }

  /** After a delivery: everything changed since the reading before it. */
  public void afterDelivery(Run run, Provider provider) {
    Instant since = pulledUntil(run);
    ContactQuery query =
        since == null
            ? new ContactQuery.Everything(false)
            : new ContactQuery.ChangedSince(since.minus(SECONDS));
    read(run, provider, query, OptionalLong.of(run.id()), true);
  }

  /** Reads single contacts, for the few whose change was not seen yet. */
  public void single(Run run, Provider provider, List<String> addresses) {
    look(run, provider, addresses, OptionalLong.of(run.id()));
  }

  /** Reads single contacts of which something else was thought; it settles nothing. */
  public void look(Run run, Provider provider, List<String> addresses) {
    look(run, provider, addresses, OptionalLong.empty());
  }

  private void look(Run run, Provider provider, List<String> addresses, OptionalLong settles) {
    collect(
        run,
        seen -> {
          for (String address : addresses) {
            seen.add(provider.readContacts(new ContactQuery.WithAddress(address), null));
          }
          return Optional.empty();
        },
        settles,
        Extent.SOME);
  }

  private void read(
      Run run, Provider provider, ContactQuery query, OptionalLong settles, boolean everyChange) {
    Extent extent = everyChange ? Extent.CHANGES : Extent.SOME;
    collect(
        run,
        seen -> pages(run, provider, query, seen),
        settles,
        query instanceof ContactQuery.Everything ? Extent.WHOLE : extent);
  }

  private static Optional<Instant> pages(
      Run run, Provider provider, ContactQuery query, SeenContacts seen) throws SQLException {
    Page<SeenContact> page = provider.readContacts(query, null);
    Optional<Instant> asked = Optional.ofNullable(page.at());
    seen.counted(page.total());
    seen.add(page);
    while (page.next() != null) {
      run.stopIfAskedAtOnce();
      page = provider.readContacts(query, page.next());
      seen.add(page);
      run.progress().at(seen.count(), 0);
    }
    return asked;
  }

  /** Fills the table of seen contacts; gives the provider's clock when it began to answer. */
  private interface Reading {
    Optional<Instant> into(SeenContacts seen) throws SQLException;
  }

  /** Nothing read counts before the last page came: a torn reading changes nothing. */
  private void collect(Run run, Reading reading, OptionalLong settles, Extent extent) {
    try (Connection session = store.pool().getConnection()) {
      SeenContacts seen = new SeenContacts(session, erasures.addresses());
      Optional<Instant> asked = reading.into(seen);
      session.setAutoCommit(false);
      try {
        run.fence(session);
        Query.of(session, "ANALYZE seen").update();
        doubt(run, seen);
        if (extent != Extent.COMPARED || drift.compare(session, run, seen, settles)) {
          merge(session, run, seen, settles, extent);
          if (extent != Extent.SOME && seen.newest().isPresent()) {
            mark(session, run, known(seen.newest().get(), asked));
          }
        }
        session.commit();
      } catch (Throwable failed) {
        rollBack(session, failed);
        throw failed;
      }
      session.setAutoCommit(true);
      Query.of(session, "DROP TABLE IF EXISTS seen").update();
    } catch (SQLException e) {
      throw StoreException.of("the hub's database refused", e);
    }
  }

  /** A page may have been left out, or its link to the next. */
  private static void doubt(Run run, SeenContacts seen) {
    if (!seen.whole()) {
      run.doubt(
          "the provider counts %,d contacts and gave %,d; nobody who is missing is taken for gone"
              .formatted(seen.total(), seen.given()));
    }
  }

  private static void rollBack(Connection session, Throwable failed) {
    try {
      session.rollback();
      session.setAutoCommit(true);
      Query.of(session, "DROP TABLE IF EXISTS seen").update();
    } catch (SQLException e) {
      failed.addSuppressed(e);
    }
  }

  private void merge(
      Connection session, Run run, SeenContacts seen, OptionalLong settles, Extent extent)
      throws SQLException {
    int changed = 0;
    if (extent.compareTo(Extent.WHOLE) >= 0) {
      changed += knownLists(session, run, seen.erasedOnLists());
    }
    if (seen.count() > 0) {
      for (String step : STEPS) {
        changed += step(session, run, settles.orElse(0), step);
      }
    }
    if (extent.compareTo(Extent.WHOLE) >= 0) {
      step(session, run, 0, "differing");
    }
    if (extent == Extent.COMPARED) {
      changed += drift.takeOver(session, run, seen.whole());
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

  /** The memberships of all lists are known from now on, but for those of erased people. */
  private static int knownLists(Connection session, Run run, Map<String, Long> erased)
      throws SQLException {
    return Query.named(session, "verify/known_lists")
        .bind("account", run.account())
        .bind("ids", erased.keySet().toArray(String[]::new))
        .bind("counts", erased.values().stream().map(String::valueOf).toArray(String[]::new))
        .update();
  }

  private int step(Connection session, Run run, long settled, String step) throws SQLException {
    return Query.named(session, "verify/" + step)
        .bind("account", run.account())
        .bind("run", settled)
        .bind("now", clock.instant())
        .bind("claims", !run.scope().dryRun())
        .update();
  }

  /**
   * Up to when changes are known: the newest that was read, so that neither our clock nor the
   * provider's has to be right. Where the answer's own time fits to it, that time is better: what
   * we have just changed ourselves then lies before it and is not read again every night.
   */
  private static Instant known(Instant newest, Optional<Instant> asked) {
    return asked
        .filter(at -> at.isAfter(newest) && at.minus(SAME_CLOCK).isBefore(newest))
        .orElse(newest);
  }

  private static void mark(Connection session, Run run, Instant newest) throws SQLException {
    Query.of(
            session,
            "UPDATE account SET pulled_until = greatest(pulled_until, :newest::timestamptz)"
                + " WHERE account_id = :account")
        .bind("newest", newest)
        .bind("account", run.account())
        .update();
  }

  private @Nullable Instant pulledUntil(Run run) {
    Optional<Instant> known =
        store.transaction(
            connection ->
                Query.of(connection, "SELECT pulled_until FROM account WHERE account_id = :account")
                    .bind("account", run.account())
                    .list(row -> Optional.ofNullable(Query.instant(row, "pulled_until")))
                    .get(0));
    return known.orElse(null);
  }
}
