package org.rollcall.api;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what was asked for in the background, and remembers what was asked. */
final class Orders {
  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

  /** More at a time would want more connections than the hub's pool has. */
  private static final int AT_A_TIME = 2;

  private static final int MOST_WAITING = 20;
  private static final Duration LOST_AFTER = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final String LOST =
      "the process that worked on it ended; what it had begun is finished by the next run";
  private static final String STOPPED = "the service was stopped before it began";
  private static final String SELECT =
      "SELECT order_id, sync, what, state, runs, error, asked_by, asked_at, alive_at, finished_at"
          + " FROM run_order";

  private final Store store;
  private final Clock clock;
  private final Set<Long> ours = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_A_TIME,
          AT_A_TIME,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(MOST_WAITING),
          work -> new Thread(work, "order"));
  private volatile boolean stopping;

  Orders(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * What is to be done.
   *
   * @param what the same for the same
   */
  record Wish(String sync, String what, String by, @Nullable Long token, @Nullable String key) {}

  /** Does it. */
  interface Work {
    List<Runs.Record> run(Progress progress);
  }

  /** What became of a wish. */
  sealed interface Placed {
    /** It will be done, or was asked for before under this key. */
    record Taken(Order order) implements Placed {}

    /** Something else was asked for before under this key. */
    record Otherwise(Order before) implements Placed {}

    /** So much is waiting that no more is taken. */
    record Full() implements Placed {}
  }

  Placed place(Wish wish, Work work) {
    Optional<Order> before = store.transaction(connection -> before(connection, wish));
    if (before.isPresent()) {
      return known(before.get(), wish);
    }
    if (stopping || threads.getQueue().remainingCapacity() == 0) {
      return new Placed.Full();
    }
    Optional<Long> made = store.transaction(connection -> insert(connection, wish));
    if (made.isEmpty()) {
      return known(store.transaction(connection -> before(connection, wish)).orElseThrow(), wish);
    }
    begin(made.get(), work);
    return new Placed.Taken(find(made.get()).orElseThrow());
  }

  private static Placed known(Order before, Wish wish) {
    return before.what().equals(wish.what()) && before.sync().equals(wish.sync())
        ? new Placed.Taken(before)
        : new Placed.Otherwise(before);
  }

  private Optional<Order> before(Connection connection, Wish wish) throws SQLException {
    return wish.key() == null
        ? Optional.empty()
        : Query.of(connection, SELECT + " WHERE token_id = :token AND key = :key")
            .bind("token", wish.token())
            .bind("key", wish.key())
            .first(this::read);
  }

  private Optional<Long> insert(Connection connection, Wish wish) throws SQLException {
    Query.of(connection, "DELETE FROM run_order WHERE asked_at < :old")
        .bind("old", clock.instant().minus(KEPT))
        .update();
    return Query.of(
            connection,
            "INSERT INTO run_order (sync, what, state, asked_by, asked_at, alive_at, token_id, key)"
                + " VALUES (:sync, :what, 'waiting', :by, :now, :now, :token::bigint, :key::text)"
                + " ON CONFLICT (token_id, key) DO NOTHING RETURNING order_id")
        .bind("sync", wish.sync())
        .bind("what", wish.what())
        .bind("by", wish.by())
        .bind("now", clock.instant())
        .bind("token", wish.token())
        .bind("key", wish.key())
        .first(row -> row.getLong(1));
  }

  private void begin(long order, Work work) {
    ours.add(order);
    try {
      threads.execute(() -> run(order, work));
    } catch (RejectedExecutionException e) {
      finish(order, List.of(), stopping ? STOPPED : "too much was waiting already");
    }
  }

  private void run(long order, Work work) {
    if (stopping) {
      finish(order, List.of(), STOPPED);
      return;
    }
    try {
      List<Runs.Record> runs = work.run(new Noted(order));
      finish(order, runs.stream().map(Runs.Record::id).toList(), null);
    } catch (RuntimeException e) {
      LOG.warn("order {} failed: {}", order, e.getMessage());
      LOG.debug("order {}", order, e);
      finish(order, List.of(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /** Notes the runs as they begin. */
  private final class Noted implements Progress {
    private final long order;

    private Noted(long order) {
      this.order = order;
    }

    @Override
    public void begun(long run) {
      store.run(
          connection ->
              Query.of(
                      connection,
                      "UPDATE run_order SET state = 'running', runs = runs || :run::bigint"
                          + " WHERE order_id = :order")
                  .bind("run", run)
                  .bind("order", order)
                  .update());
    }

    @Override
    public void step(String what) {}

    @Override
    public void at(long done, long of) {}
  }

  /** Of an order that waited for others' runs, theirs are noted. */
  private void finish(long order, List<Long> runs, @Nullable String error) {
    try {
      store.run(
          connection ->
              Query.of(
                      connection,
                      "UPDATE run_order SET state = :state, error = :error, finished_at = :now,"
                          + " runs = CASE WHEN runs = '{}' THEN :runs::bigint[] ELSE runs END"
                          + " WHERE order_id = :order")
                  .bind("state", error == null ? "done" : "failed")
                  .bind("error", error)
                  .bind("now", clock.instant())
                  .bind("runs", runs.stream().map(String::valueOf).toArray(String[]::new))
                  .bind("order", order)
                  .update());
    } catch (RuntimeException e) {
      LOG.warn("how order {} ended cannot be noted: {}", order, e.getMessage());
    } finally {
      ours.remove(order);
    }
  }

  Optional<Order> find(long order) {
    return store.transaction(
        connection ->
            Query.of(connection, SELECT + " WHERE order_id = :order")
                .bind("order", order)
                .first(this::read));
  }

  private Order read(ResultSet row) throws SQLException {
    String state = row.getString("state");
    Instant alive = Objects.requireNonNull(Query.instant(row, "alive_at"));
    boolean lost =
        (state.equals("waiting") || state.equals("running"))
            && alive.plus(LOST_AFTER).isBefore(clock.instant());
    List<Long> runs = new ArrayList<>(List.of((Long[]) row.getArray("runs").getArray()));
    return new Order(
        row.getLong("order_id"),
        row.getString("sync"),
        row.getString("what"),
        lost ? "failed" : state,
        runs,
        lost ? LOST : row.getString("error"),
        row.getString("asked_by"),
        Objects.requireNonNull(Query.instant(row, "asked_at")),
        Query.instant(row, "finished_at"));
  }

  /** To be called more often than once a minute. */
  void beat() {
    if (ours.isEmpty()) {
      return;
    }
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE run_order SET alive_at = :now WHERE order_id = ANY (:ours::bigint[])")
                .bind("now", clock.instant())
                .bind("ours", ours.stream().map(String::valueOf).toArray(String[]::new))
                .update());
  }

  /** Begins nothing more; runs under way are stopped by the hub. */
  void stop() {
    stopping = true;
    threads.shutdown();
  }

  /**
   * @return false when a run did not park in time
   */
  boolean awaitEnd(Duration limit) {
    try {
      return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
