package org.rollcall.demand;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.route.Syncs;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.user.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what people and programs ask for in the background, a few at a time, and remembers what
 * became of it. Who may run when is decided by the leases: an order waits for a run of its sync or
 * account that is under way, on whatever node. An order whose process ended is failed after a
 * minute; what it had begun is finished by the next run.
 */
public final class Orders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  /** More at a time would want more connections than the hub's pool has. */
  private static final int AT_A_TIME = 2;

  private static final int MOST_WAITING = 20;
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final Duration LOST_AFTER = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final String LOST =
      "the process that worked on it ended; what it had begun is finished by the next run";
  private static final String STOPPED = "Rollcall stopped before this began; ask again";
  private static final Placed FULL =
      new Placed.Refused("Too much is waiting already", "Try again when something has ended.");
  private static final Placed STOPPING =
      new Placed.Refused("Rollcall is stopping", "Ask again when it is back.");
  private static final String SELECT =
      "SELECT order_id, sync, what, state, doing, runs, error, asked_by, asked_at, finished_at"
          + " FROM run_order ";

  private final Store store;
  private final Audit audit;
  private final Syncs syncs;
  private final Clock clock;
  private final Set<Long> ours = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_A_TIME, work -> new Thread(work, "order"));
  private final ScheduledExecutorService beating =
      Executors.newSingleThreadScheduledExecutor(Orders::daemon);
  private volatile boolean stopping;

  public Orders(Store store, Audit audit, Syncs syncs, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.syncs = syncs;
    this.clock = clock;
    var unused =
        beating.scheduleWithFixedDelay(
            this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "orders");
    thread.setDaemon(true);
    return thread;
  }

  /** Has it done as soon as it can be, unless the same is waiting or under way already. */
  public Placed place(Asker asker, Wish wish) {
    Placed placed = store.transaction(connection -> place(connection, asker, wish));
    if (placed instanceof Placed.Taken taken && taken.anew()) {
      audit.note(asker.through(), asker.name(), "asked for a run", wish.sync(), wish.what());
      begin(taken.order().order(), wish);
    }
    return placed;
  }

  private Placed place(Connection connection, Asker asker, Wish wish) throws SQLException {
    // of two who ask at the same time, the second finds what the first has asked for
    Query.of(connection, "SELECT pg_advisory_xact_lock(7262173, 21)").each(row -> {});
    bury(connection);
    Query.of(connection, "DELETE FROM run_order WHERE asked_at < :old")
        .bind("old", clock.instant().minus(KEPT))
        .update();
    Optional<Order> before = before(connection, asker);
    if (before.isPresent()) {
      return known(before.get(), wish);
    }
    Optional<Order> same = same(connection, asker, wish);
    if (same.isPresent()) {
      return new Placed.Taken(same.get(), false);
    }
    if (!wish.decided() && stopping) {
      return STOPPING;
    }
    if (!wish.decided() && waiting(connection) >= MOST_WAITING) {
      return FULL;
    }
    return new Placed.Taken(insert(connection, asker, wish), true);
  }

  private static Optional<Order> before(Connection connection, Asker asker) throws SQLException {
    return asker.key() == null
        ? Optional.empty()
        : Query.of(connection, SELECT + "WHERE keys @> ARRAY[:key::text]")
            .bind("key", asker.key())
            .first(Orders::read);
  }

  private static Placed known(Order before, Wish wish) {
    return before.what().equals(wish.what()) && before.sync().equals(wish.sync())
        ? new Placed.Taken(before, false)
        : new Placed.Otherwise(before);
  }

  /**
   * One whose runs have all ended came before whatever the wish is about, so it is not the same.
   */
  private static Optional<Order> same(Connection connection, Asker asker, Wish wish)
      throws SQLException {
    return Query.of(
            connection,
            "UPDATE run_order o SET keys = array_remove(keys || :key::text, NULL)"
                + " WHERE sync = :sync AND what = :what AND (state = 'waiting' OR state = 'running'"
                + " AND EXISTS (SELECT FROM run r"
                + " WHERE r.run_id = ANY (o.runs) AND r.state = 'running')) RETURNING *")
        .bind("key", asker.key())
        .bind("sync", wish.sync())
        .bind("what", wish.what())
        .first(Orders::read);
  }

  private static long waiting(Connection connection) throws SQLException {
    return Query.of(connection, "SELECT count(*) FROM run_order WHERE state = 'waiting'").number();
  }

  private Order insert(Connection connection, Asker asker, Wish wish) throws SQLException {
    return Query.of(
            connection,
            "INSERT INTO run_order (sync, what, state, doing, asked_by, asked_at, alive_at, keys)"
                + " VALUES (:sync, :what, 'waiting', 'waiting for its turn', :by, :now, :now,"
                + " array_remove(ARRAY[:key::text], NULL)) RETURNING *")
        .bind("sync", wish.sync())
        .bind("what", wish.what())
        .bind("by", asker.name())
        .bind("now", clock.instant())
        .bind("key", asker.key())
        .first(Orders::read)
        .orElseThrow();
  }

  private void begin(long order, Wish wish) {
    ours.add(order);
    try {
      threads.execute(() -> run(order, wish));
    } catch (RejectedExecutionException e) {
      finish(order, List.of(), STOPPED);
    }
  }

  /** What goes wrong in a run stands in the run as well. */
  private void run(long order, Wish wish) {
    if (stopping) {
      finish(order, List.of(), STOPPED);
      return;
    }
    try {
      List<Runs.Record> runs = wish.work().run(syncs, new Noted(order));
      finish(order, runs.stream().map(Runs.Record::id).toList(), null);
    } catch (RuntimeException e) {
      LOG.warn("order {} of sync {} failed: {}", order, wish.sync(), e.getMessage());
      LOG.debug("order {}", order, e);
      finish(order, List.of(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /** Notes what an order does, and the runs as they begin. */
  private final class Noted implements Progress {
    private final long order;

    private Noted(long order) {
      this.order = order;
    }

    @Override
    public void begun(long run) {
      note("state = 'running', runs = runs || :new::bigint", run);
    }

    @Override
    public void step(String what) {
      note("doing = :new", what);
    }

    @Override
    public void at(long done, long of) {}

    private void note(String change, Object value) {
      store.run(
          connection ->
              Query.of(connection, "UPDATE run_order SET " + change + " WHERE order_id = :order")
                  .bind("new", value)
                  .bind("order", order)
                  .update());
    }
  }

  /** Of an order that waited for others' runs, theirs are noted. */
  private void finish(long order, List<Long> runs, @Nullable String error) {
    try {
      store.run(
          connection ->
              Query.of(
                      connection,
                      "UPDATE run_order SET state = :state, doing = NULL, error = :error,"
                          + " finished_at = :now,"
                          + " runs = CASE WHEN runs = '{}' THEN :runs::bigint[] ELSE runs END"
                          + " WHERE order_id = :order")
                  .bind("state", error == null ? "done" : "failed")
                  .bind("error", error)
                  .bind("now", clock.instant())
                  .bind("runs", texts(runs))
                  .bind("order", order)
                  .update());
    } catch (RuntimeException e) {
      LOG.warn("how order {} ended cannot be noted: {}", order, e.getMessage());
    } finally {
      ours.remove(order);
    }
  }

  private static String[] texts(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).toArray(String[]::new);
  }

  public Optional<Order> find(long order) {
    return store.transaction(
        connection ->
            Query.of(connection, SELECT + "WHERE order_id = :order")
                .bind("order", order)
                .first(Orders::read));
  }

  /** Orders of a sync that are not over, and others asked for since then, the newest first. */
  public List<Order> of(String sync, Instant since) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + "WHERE sync = :sync AND (finished_at IS NULL OR asked_at > :since)"
                        + " ORDER BY order_id DESC LIMIT 100")
                .bind("sync", sync)
                .bind("since", since)
                .list(Orders::read));
  }

  private static Order read(ResultSet row) throws SQLException {
    return new Order(
        row.getLong("order_id"),
        row.getString("sync"),
        row.getString("what"),
        row.getString("state"),
        row.getString("doing"),
        List.of((Long[]) row.getArray("runs").getArray()),
        row.getString("error"),
        row.getString("asked_by"),
        Objects.requireNonNull(Query.instant(row, "asked_at")),
        Query.instant(row, "finished_at"));
  }

  /** The database may be away for a while; then this does nothing, and goes on after it. */
  private void beat() {
    try {
      store.run(
          connection -> {
            Query.of(
                    connection,
                    "UPDATE run_order SET alive_at = :now WHERE order_id = ANY (:ours::bigint[])")
                .bind("now", clock.instant())
                .bind("ours", texts(ours))
                .update();
            bury(connection);
          });
    } catch (RuntimeException e) {
      LOG.debug("orders: left out a beat", e);
    }
  }

  /** Ends the orders of processes that are no more. */
  private void bury(Connection connection) throws SQLException {
    Query.of(
            connection,
            "UPDATE run_order SET state = 'failed', doing = NULL, error = :lost, finished_at = :now"
                + " WHERE finished_at IS NULL AND alive_at < :dead")
        .bind("lost", LOST)
        .bind("now", clock.instant())
        .bind("dead", clock.instant().minus(LOST_AFTER))
        .update();
  }

  /** Begins nothing more: what waits ends at once, what runs parks when the hub stops. */
  public void stop() {
    stopping = true;
    threads.shutdown();
  }

  /**
   * Waits for the runs to park.
   *
   * @return false when one did not in time
   */
  public boolean awaitEnd(Duration limit) {
    try {
      return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
    beating.shutdownNow();
  }
}
