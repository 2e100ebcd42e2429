package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.pace.Sleeper;
import org.rollcall.plan.Plan;
import org.rollcall.provider.ImportBody;
import org.rollcall.provider.JobReport;
import org.rollcall.provider.Provider;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Run;
import org.rollcall.run.Stop.Stopped;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Pull;

/**
 * Sends a plan: imports first, then removals, so that nobody is missing in between. A batch that
 * the provider refuses as a whole is halved until the bad records stand alone.
 */
public final class Delivery {
  /**
   * Runs in which a job for one record alone may break before the record is kept as a dead letter.
   */
  private static final int BROKEN_ALONE = 3;

  /** Calls a run may spend on halving refused batches before it keeps them as dead letters. */
  private static final int HALVINGS = 64;

  private static final String SILENT = "the provider did not take this record and gave no reason";

  private static final int REMOVALS_PAGE = 5_000;

  private final Store store;
  private final Batches batches;
  private final Jobs jobs;
  private final Refusals refusals;
  private final ListLinks links;
  private final BrokenRemovals brokenRemovals;
  private final Moves moves;
  private final Singles singles;

  public Delivery(
      Store store,
      ListLinks links,
      Pull pull,
      DeadLetters deadLetters,
      Clock clock,
      Sleeper sleeper) {
    this.links = links;
    this.store = store;
    this.batches = new Batches(store, clock);
    this.jobs = new Jobs(sleeper);
    this.refusals = new Refusals(store, deadLetters, clock);
    this.brokenRemovals = new BrokenRemovals(store, deadLetters);
    this.moves = new Moves(store, batches, refusals, pull);
    this.singles = new Singles(store, batches, refusals, links, pull);
  }

  /** What one delivery carries along. */
  private static final class Work {
    final Run run;
    final Provider provider;
    final Map<Integer, String> listIds;
    final Deque<Running> running = new ArrayDeque<>();
    int halvings;
    long sent;
    long refused;

    Work(Run run, Provider provider, Map<Integer, String> listIds) {
      this.run = run;
      this.provider = provider;
      this.listIds = listIds;
    }

    List<String> ids(List<Integer> lists) {
      return lists.stream().map(listIds::get).toList();
    }
  }

  /**
   * @param since by {@link System#nanoTime}
   */
  private record Running(Batch batch, String jobId, long since) {}

  /** Contacts cut from a parcel that fit into one call. */
  private record Cut(ImportBody body, long from, long to) {}

  /**
   * Sends everything that is not held. A spent quota or a stop parks the rest.
   *
   * @return how many rows the provider counts as not taken without naming them
   */
  public long deliver(Plan plan, Provider provider) {
    Run run = plan.run();
    Work work = new Work(run, provider, batches.listIds(run));
    refuseLongAddresses(work);
    try {
      moves.deliver(run, provider);
      singles.deliver(run, provider, work.listIds);
      imports(plan, work);
      finish(work);
      if (run.held() == null && plan.removed() > 0) {
        run.progress().step("taking contacts off lists");
        removals(work);
        finish(work);
      }
    } catch (Stopped stopped) {
      run.park(stopped.getMessage());
      finishStarted(work, stopped.atOnce());
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.QUOTA_SPENT) {
        throw e;
      }
      run.park(e.getMessage());
    }
    return work.refused;
  }

  /** Jobs the provider is working off are followed to their end, if there is time for it. */
  private void finishStarted(Work work, boolean atOnce) {
    while (!atOnce && !work.running.isEmpty()) {
      try {
        finish(work);
      } catch (Stopped again) {
        // The halves of a refused batch wait like everything else.
        atOnce = again.atOnce();
      }
    }
  }

  private void refuseLongAddresses(Work work) {
    int longest = work.provider.limits().address();
    List<String> tooLong =
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT address FROM change WHERE account_id = :account AND run_id = :run"
                            + " AND action = 'import' AND length(address) > :longest")
                    .bind("account", work.run.account())
                    .bind("run", work.run.id())
                    .bind("longest", longest)
                    .list(row -> row.getString(1)));
    for (String address : tooLong) {
      refusals.record(
          work.run, address, "the provider takes addresses of at most " + longest + " characters");
    }
  }

  private void imports(Plan plan, Work work) {
    if (plan.imported() == 0) {
      return;
    }
    work.run.progress().step("sending contacts");
    Map<Integer, List<Integer>> lists = plan.layout().parcels();
    for (Parcel parcel : parcels(work)) {
      long after = parcel.first() - 1;
      while (after < parcel.last()) {
        Cut cut = cut(work, parcel.number(), after, parcel.last());
        if (cut.body().rows() == 0) {
          break;
        }
        send(work, parcel.number(), Objects.requireNonNull(lists.get(parcel.number())), cut);
        after = cut.to();
        work.sent += cut.body().rows();
        work.run.progress().at(work.sent, plan.imported());
      }
    }
  }

  /** A parcel's part of the dispatch, which is one range. */
  private record Parcel(int number, long first, long last) {}

  private List<Parcel> parcels(Work work) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT parcel, min(ord) AS first, max(ord) AS last FROM dispatch"
                        + " WHERE account_id = :account AND run_id = :run AND parcel >= 0"
                        + " GROUP BY parcel ORDER BY parcel")
                .bind("account", work.run.account())
                .bind("run", work.run.id())
                .list(
                    row ->
                        new Parcel(
                            row.getInt("parcel"), row.getLong("first"), row.getLong("last"))));
  }

  private Cut cut(Work work, int parcel, long after, long until) {
    ImportBody body = work.provider.newImport();
    long[] range = {0, after};
    store.run(
        connection ->
            rows(connection, work, parcel, after, until)
                .during(
                    row -> {
                      if (!body.offer(row.getString("address"), row.getString("fields"))) {
                        return false;
                      }
                      range[0] = range[0] == 0 ? row.getLong("ord") : range[0];
                      range[1] = row.getLong("ord");
                      return true;
                    }));
    return new Cut(body, range[0], range[1]);
  }

  private static Query rows(Connection connection, Work work, int parcel, long after, long until)
      throws SQLException {
    return Query.named(connection, "deliver/cut")
        .bind("account", work.run.account())
        .bind("sync", work.run.sync())
        .bind("run", work.run.id())
        .bind("parcel", parcel)
        .bind("after", after)
        .bind("until", until)
        .bind("rows", work.provider.limits().importRows())
        .streaming(2000);
  }

  private void send(Work work, int parcel, List<Integer> lists, Cut cut) {
    work.run.stopIfAsked();
    Batch batch =
        batches.intend(work.run, Batch.Kind.IMPORT, lists, cut.from(), cut.to(), List.of());
    List<String> ids = work.ids(lists);
    byte[] body = cut.body().finish(ids);
    try {
      start(work, batch, () -> work.provider.importContacts(ids, body));
    } catch (ProviderException e) {
      if (namesGoneLists(work, lists, e)) {
        return;
      }
      if (e.verdict() != Verdict.REFUSED) {
        throw e;
      }
      halve(work, parcel, batch, e.getMessage());
    }
  }

  /** What was to be done with a list that is gone waits until a person has decided about it. */
  private boolean namesGoneLists(Work work, List<Integer> lists, ProviderException e) {
    return (e.verdict() == Verdict.REFUSED || e.verdict() == Verdict.NOT_FOUND)
        && links.someAreGone(work.run, work.provider, lists);
  }

  /** Makes the call of a batch; a call without an answer is looked for before it is repeated. */
  private void start(Work work, Batch batch, Supplier<String> call) {
    String jobId;
    try {
      jobId = roomFor(work, call);
    } catch (Stopped stopped) {
      batches.ended(work.run, batch.id(), "refused", "the provider's queue was full");
      throw stopped;
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.READ_BACK) {
        throw refusedOrOpen(work, batch, e);
      }
      jobId = foundOrRepeated(work, batch, call);
    }
    batches.accepted(work.run, batch, jobId);
    work.running.add(new Running(batch, jobId, System.nanoTime()));
  }

  private ProviderException refusedOrOpen(Work work, Batch batch, ProviderException e) {
    boolean nothingHappened = e.verdict() != Verdict.RETRY || e.status() > 0;
    batches.ended(work.run, batch.id(), nothingHappened ? "refused" : "lost", e.getMessage());
    return e;
  }

  private String foundOrRepeated(Work work, Batch batch, Supplier<String> call) {
    return jobs.unheardOf(work.provider, batch, batches.jobIds(work.run))
        .map(JobReport::id)
        .orElseGet(() -> roomFor(work, call));
  }

  /** Waits for running jobs while the provider's queue is full. */
  private String roomFor(Work work, Supplier<String> call) {
    while (true) {
      try {
        return call.get();
      } catch (ProviderException e) {
        if (e.verdict() != Verdict.QUEUE_FULL) {
          throw e;
        }
        work.run.stopIfAsked();
        if (work.running.isEmpty()) {
          jobs.sleep(work.run.target().account().pollInterval());
        } else {
          end(work, work.running.remove());
        }
      }
    }
  }

  private void finish(Work work) {
    if (!work.running.isEmpty()) {
      work.run.progress().step("waiting for the provider to work it off");
    }
    while (!work.running.isEmpty()) {
      end(work, work.running.remove());
    }
  }

  private void end(Work work, Running running) {
    Batch batch = running.batch();
    Duration age = Duration.ofNanos(System.nanoTime() - running.since());
    JobReport report = jobs.follow(work.run, work.provider, running.jobId(), age);
    if (report.state() == JobReport.State.DONE) {
      int silent = Math.max(0, report.refused() - report.rowErrors().size());
      if (batch.kind() == Batch.Kind.IMPORT) {
        refusals.rows(work.run, batch, report.rowErrors());
        if (silent > 0 && batches.updatesOnly(work.run, batch)) {
          halve(work, parcelOf(work, batch), batch, SILENT);
          return;
        }
      }
      work.refused += silent;
      batches.ended(work.run, batch.id(), "done", summary(report));
      return;
    }
    if (report.state() == JobReport.State.RUNNING) {
      // stays open: the next run looks at it again before it sends anything
      work.run.park("a bulk job did not end within " + work.run.target().account().jobDeadline());
      return;
    }
    broken(work, batch, "the provider's job failed " + report.errors());
  }

  /** A job that broke may have met a bad record, or have had troubles of its own. */
  private void broken(Work work, Batch batch, String why) {
    if (batch.kind() == Batch.Kind.REMOVE) {
      brokenRemovals.broken(work.run, batch, why);
    }
    boolean byItself = batch.kind() == Batch.Kind.REMOVE || work.halvings >= HALVINGS;
    if (byItself
        || (!batch.divisible() && batches.brokenAlone(work.run, batch) < BROKEN_ALONE - 1)) {
      batches.ended(work.run, batch.id(), "lost", why);
    } else {
      halve(work, parcelOf(work, batch), batch, why);
    }
  }

  private static @Nullable String summary(JobReport report) {
    return report.errors().isEmpty() && report.rowErrors().isEmpty()
        ? null
        : report.rowErrors().size() + " rows refused, " + report.errors().size() + " other errors";
  }

  /**
   * Sends the two halves of a batch that failed as a whole; a single record is refused for good.
   */
  private void halve(Work work, int parcel, Batch batch, String why) {
    if (!batch.divisible() || ++work.halvings > HALVINGS) {
      refusals.batch(work.run, batch, why);
      batches.ended(work.run, batch.id(), "refused", why);
      return;
    }
    batches.ended(work.run, batch.id(), "split", why);
    long middle = batch.fromOrd() + (batch.toOrd() - batch.fromOrd()) / 2;
    resend(work, parcel, batch, batch.fromOrd() - 1, middle);
    resend(work, parcel, batch, middle, batch.toOrd());
  }

  private void resend(Work work, int parcel, Batch batch, long after, long until) {
    Cut cut = cut(work, parcel, after, until);
    if (cut.body().rows() > 0) {
      send(work, parcel, batch.lists(), cut);
    }
  }

  private int parcelOf(Work work, Batch batch) {
    return (int)
        (long)
            store.transaction(
                connection ->
                    Query.of(
                            connection,
                            "SELECT parcel FROM dispatch"
                                + " WHERE account_id = :account AND run_id = :run AND ord = :ord")
                        .bind("account", work.run.account())
                        .bind("run", work.run.id())
                        .bind("ord", batch.fromOrd())
                        .number());
  }

  private void removals(Work work) {
    RemovalPacker packer = new RemovalPacker(work.provider.limits());
    List<RemovalPacker.Removal> page = removalsAfter(work, "");
    while (!page.isEmpty()) {
      for (RemovalPacker.Removal removal : page) {
        packer.add(removal).ifPresent(call -> remove(work, call));
      }
      page = removalsAfter(work, page.get(page.size() - 1).address());
    }
    packer.rest().forEach(call -> remove(work, call));
  }

  private List<RemovalPacker.Removal> removalsAfter(Work work, String address) {
    return store.transaction(
        connection ->
            Query.named(connection, "deliver/removals")
                .bind("account", work.run.account())
                .bind("run", work.run.id())
                .bind("after", address)
                .bind("most", REMOVALS_PAGE)
                .list(
                    row ->
                        new RemovalPacker.Removal(
                            row.getString("address"),
                            row.getString("contact_id"),
                            set(Query.ints(row, "lists")),
                            set(Query.ints(row, "others")))));
  }

  private void remove(Work work, RemovalPacker.Call call) {
    work.run.stopIfAsked();
    List<Integer> lists = new ArrayList<>(call.lists);
    Batch batch = batches.intend(work.run, Batch.Kind.REMOVE, lists, 0, 0, call.addresses);
    List<String> ids = work.ids(lists);
    try {
      start(work, batch, () -> work.provider.removeFromLists(call.contactIds, ids));
    } catch (ProviderException e) {
      if (!namesGoneLists(work, lists, e)) {
        throw e;
      }
    }
  }

  private static Set<Integer> set(int[] numbers) {
    Set<Integer> result = new HashSet<>();
    for (int number : numbers) {
      result.add(number);
    }
    return result;
  }
}
