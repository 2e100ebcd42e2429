package org.rollcall.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Database leases: at most one owner per name on however many nodes. The owner renews by heartbeat;
 * an owner whose database session has ended (a killed process) is taken over at once, one that is
 * only silent after {@link #LIFE}.
 */
public final class Leases implements AutoCloseable {
  static final Duration LIFE = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  /** The first who ever wants it. Two keys may be in the way, so neither is named. */
  private static final String MAKE =
      """
      INSERT INTO lease (name, token, owner, backend, backend_at, until)
      SELECT :name, 1, :owner, pid, backend_start, clock_timestamp() + :life * interval '1 second'
      FROM pg_stat_activity WHERE pid = pg_backend_pid()
      ON CONFLICT DO NOTHING
      RETURNING token
      """;

  private static final String TAKE_OVER =
      """
      UPDATE lease l SET
        token = l.token + 1, owner = :owner, backend = mine.pid, backend_at = mine.backend_start,
        until = clock_timestamp() + :life * interval '1 second'
      FROM pg_stat_activity mine
      WHERE mine.pid = pg_backend_pid() AND l.name = :name
        AND (l.until < clock_timestamp() OR NOT EXISTS (
          SELECT FROM pg_stat_activity a
          WHERE a.pid = l.backend AND a.backend_start = l.backend_at))
      RETURNING l.token
      """;

  private final Store store;
  private final String owner = "process " + ProcessHandle.current().pid();
  private final ScheduledExecutorService heart =
      Executors.newScheduledThreadPool(
          1,
          work -> {
            Thread thread = new Thread(work, "lease-heartbeat");
            thread.setDaemon(true);
            return thread;
          });

  public Leases(Store store) {
    this.store = store;
  }

  /** The lease of whoever writes to an account. */
  public static String ofAccount(String account) {
    return "account " + account;
  }

  /** Takes the lease, or gives nothing when somebody else holds it. */
  public Optional<Lease> take(String name) {
    Connection session = null;
    try {
      session = store.pool().getConnection();
      Optional<Long> token = token(session, TAKE_OVER, name);
      if (token.isEmpty()) {
        token = token(session, MAKE, name);
      }
      if (token.isEmpty()) {
        session.close();
        return Optional.empty();
      }
      return Optional.of(beating(name, token.get(), session));
    } catch (SQLException e) {
      closeQuietly(session);
      throw StoreException.of("the hub's database refused", e);
    }
  }

  private Optional<Long> token(Connection session, String how, String name) throws SQLException {
    return Query.of(session, how)
        .bind("name", name)
        .bind("owner", owner)
        .bind("life", LIFE.toSeconds())
        .first(row -> row.getLong(1));
  }

  private Lease beating(String name, long token, Connection session) {
    Tenure tenure = new Tenure(store, name, token, session);
    ScheduledFuture<?> beat = heart.scheduleWithFixedDelay(tenure::renew, 5, 5, TimeUnit.SECONDS);
    return new Lease(
        name,
        token,
        () -> {
          beat.cancel(false);
          tenure.end();
        });
  }

  static void closeQuietly(@Nullable Connection session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (SQLException e) {
      LOG.debug("closing a database session: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
  }
}
