package org.rollcall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Wires.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's pool, watched. A statement may take as long as it needs, so a limit on the socket would
 * not tell a long one from a dead server. Instead a connection of its own asks every few seconds
 * whether the server answers. When it has been silent for {@link #PATIENCE}, every connection that
 * is lent out is broken off, and whoever asks for one learns at once, until the server answers
 * again. A shorter silence is waited out. A single connection that falls silent while the server
 * works is found by {@link HalfOpen}.
 */
final class WatchedPool extends HikariDataSource {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedPool.class);

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOGIN = Duration.ofSeconds(5);

  static final Duration PROOF_OF_LIFE = Duration.ofSeconds(2);

  /** How long somebody waits for a connection of a server that answers, but gives us none. */
  private static final Duration BORROW_LIMIT = Duration.ofSeconds(12);

  /** After somebody waited in vain, nobody else does for so long. */
  private static final Duration IN_VAIN = Duration.ofSeconds(10);

  /** Too many connections; wrong password, or not from there; not accepting connections. */
  private static final List<String> REFUSALS = List.of("53", "28", "55");

  private final Properties login;
  private final Map<Connection, Wire> lent = new ConcurrentHashMap<>();
  private final HalfOpen halfOpen = new HalfOpen(PATIENCE);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "database-watch");
            thread.setDaemon(true);
            return thread;
          });

  private @Nullable Connection line;
  private int failures;
  private long failingSince;
  private volatile boolean gone;
  private volatile long waitAgainAt = System.nanoTime();

  WatchedPool(HikariConfig config) {
    super(config);
    login = login(config);
    var unused =
        watch.scheduleWithFixedDelay(
            this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Properties login(HikariConfig config) {
    Properties login = new Properties();
    login.putAll(config.getDataSourceProperties());
    if (config.getUsername() != null) {
      login.setProperty("user", config.getUsername());
    }
    if (config.getPassword() != null) {
      login.setProperty("password", config.getPassword());
    }
    login.setProperty("connectTimeout", seconds(LOGIN));
    login.setProperty("loginTimeout", seconds(LOGIN));
    login.setProperty("socketTimeout", seconds(PATIENCE));
    return login;
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  /** Waits out a short silence of the server. */
  @Override
  public Connection getConnection() throws SQLException {
    long begun = System.nanoTime();
    while (true) {
      if (gone) {
        throw new SQLTransientConnectionException("it does not answer", "08006");
      }
      if (isInVain()) {
        throw new SQLTransientConnectionException("it gives us no connection", "08001");
      }
      try {
        Connection connection = super.getConnection();
        if (connection.isValid((int) PROOF_OF_LIFE.toSeconds())) {
          // What has just been asked was asked by this thread, over this connection's wire.
          lent.put(connection, Objects.requireNonNullElse(Wires.lastRead(), Wire.UNKNOWN));
          return connection;
        }
        // used a moment ago, which the pool takes for proof enough
        evictConnection(connection);
      } catch (SQLTransientConnectionException e) {
        long now = System.nanoTime();
        if (now - begun > BORROW_LIMIT.toNanos()) {
          waitAgainAt = now + IN_VAIN.toNanos();
          throw new SQLTransientConnectionException("it gives us no connection", "08001", e);
        }
      }
    }
  }

  /** Somebody has just waited in vain, and there is none that is free. */
  private boolean isInVain() {
    return System.nanoTime() - waitAgainAt < 0 && getHikariPoolMXBean().getIdleConnections() == 0;
  }

  private void look() {
    try {
      forgetReturned();
      if (isAnswered() || isReached()) {
        answered();
        breakOffHalfOpen();
      }
    } catch (RuntimeException e) {
      LOG.warn("cannot tell whether the hub's database answers: {}", e.toString());
    }
  }

  private void forgetReturned() {
    lent.keySet()
        .removeIf(
            connection -> {
              try {
                return connection.isClosed();
              } catch (SQLException e) {
                return true;
              }
            });
  }

  private void breakOffHalfOpen() {
    Connection known = line;
    if (known == null) {
      return;
    }
    try {
      for (Connection silent : halfOpen.among(lent, known)) {
        LOG.error(
            "a connection to the hub's database has fallen silent while others work; what waits for"
                + " it is broken off");
        breakOff(silent);
      }
    } catch (SQLException e) {
      LOG.debug("asking the hub's database about its sessions: {}", e.getMessage());
    }
  }

  /** Whether the line works; one that fell silent tells that all others have, too. */
  private boolean isAnswered() {
    Connection known = line;
    if (known == null) {
      return false;
    }
    long begun = System.nanoTime();
    try {
      if (known.isValid((int) PATIENCE.toSeconds())) {
        return true;
      }
    } catch (SQLException e) {
      LOG.debug("asking the hub's database: {}", e.getMessage());
    }
    hangUp();
    failures = 0;
    if (since(begun).compareTo(PATIENCE) >= 0) {
      giveUp(since(begun));
    }
    return false;
  }

  private boolean isReached() {
    long begun = System.nanoTime();
    try {
      line = DriverManager.getConnection(getJdbcUrl(), login);
      return true;
    } catch (SQLException e) {
      if (isRefusal(String.valueOf(e.getSQLState()))) {
        return true;
      }
      failingSince = failures == 0 ? begun : failingSince;
      failures++;
      // Once is not enough: it may have been this process that was away.
      if (gone || failures > 1 && since(failingSince).compareTo(PATIENCE) >= 0) {
        giveUp(since(failingSince));
      }
      return false;
    }
  }

  /** A server that says no is there; one that starts or stops will soon be, or not be. */
  private static boolean isRefusal(String state) {
    return REFUSALS.stream().anyMatch(state::startsWith);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void answered() {
    if (gone) {
      LOG.warn("the hub's database answers again");
    }
    failures = 0;
    gone = false;
  }

  private void giveUp(Duration silence) {
    if (!gone) {
      LOG.error(
          "the hub's database has not answered for {} s; what waits for it is broken off",
          silence.toSeconds());
    }
    gone = true;
    getHikariPoolMXBean().softEvictConnections();
    lent.keySet().forEach(WatchedPool::breakOff);
  }

  private static void breakOff(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("breaking off a database session: {}", e.getMessage());
    }
  }

  private void hangUp() {
    Connection known = line;
    line = null;
    if (known != null) {
      breakOff(known);
    }
  }

  @Override
  public void close() {
    watch.execute(this::hangUp);
    watch.shutdown();
    super.close();
  }
}
