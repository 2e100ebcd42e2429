package org.rollcall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.DatabaseSettings;
import org.rollcall.settings.Secret;

/**
 * The hub's own PostgreSQL, migrated to this version's schema: the one the settings name, or
 * without one an embedded server under {@code data/}.
 */
public final class Database implements AutoCloseable {
  /** What the server calls our sessions. */
  static final String NAME = "rollcall";

  /** The first that has MERGE. */
  private static final int OLDEST_POSTGRESQL = 15;

  private static final int MAX_CONNECTIONS = 16;

  /** A borrower looks so often whether the server is known to be gone; see WatchedPool. */
  private static final Duration BORROW_SLICE = Duration.ofSeconds(5);

  private static final Duration KEEPALIVE = Duration.ofMinutes(2);

  /** The server, too, notices within half a minute that we are gone, and lets go of our locks. */
  private static final String SESSION =
      """
      SELECT set_config('idle_in_transaction_session_timeout', '30s', false),
        set_config('tcp_keepalives_idle', '10', false),
        set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '3', false)
      """;

  /** A server left by a killed hub may still be recovering when we attach to it. */
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

  private final WatchedPool pool;
  private final @Nullable EmbeddedPostgres embedded;

  private Database(WatchedPool pool, @Nullable EmbeddedPostgres embedded) {
    this.pool = pool;
    this.embedded = embedded;
  }

  /**
   * @param home the folder whose {@code data/} holds the embedded server
   * @throws StoreException with a sentence for the operator
   */
  public static Database open(DatabaseSettings settings, Path home) {
    return settings.url() == null ? embedded(home) : external(settings, settings.url());
  }

  private static Database external(DatabaseSettings settings, String url) {
    HikariConfig config = config(url, settings.username(), settings.password());
    return migrated(new Database(connect(config, url), null));
  }

  private static Database embedded(Path home) {
    EmbeddedPostgres server = EmbeddedPostgres.use(home);
    WatchedPool pool;
    try {
      HikariConfig config = config(server.url(), EmbeddedPostgres.USER, server.password());
      config.setInitializationFailTimeout(RECOVERY_LIMIT.toMillis());
      pool = connect(config, server.url());
    } catch (RuntimeException e) {
      server.release();
      throw e;
    }
    return migrated(new Database(pool, server));
  }

  private static Database migrated(Database database) {
    try {
      database.refuseOldServer();
      Migrations.apply(database.pool);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void refuseOldServer() {
    try (Connection connection = pool.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_POSTGRESQL) {
        throw new StoreException(
            "the database is PostgreSQL %d, but Rollcall needs %d or newer"
                .formatted(version, OLDEST_POSTGRESQL));
      }
    } catch (SQLException e) {
      throw StoreException.of("asking the database for its version", e);
    }
  }

  private static WatchedPool connect(HikariConfig config, String url) {
    try {
      return new WatchedPool(config);
    } catch (PoolInitializationException e) {
      String why =
          e.getCause() instanceof SQLException sql
              ? StoreException.reason(sql)
              : String.valueOf(e.getMessage());
      throw new StoreException("cannot reach the database at " + shown(url) + ": " + why, e);
    } catch (RuntimeException e) {
      throw new StoreException(
          "rollcall.database.url is not a PostgreSQL JDBC address"
              + " (jdbc:postgresql://host:5432/database): "
              + shown(url),
          e);
    }
  }

  /** Without parameters, which may hold a password. */
  private static String shown(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
  }

  private static HikariConfig config(
      String url, @Nullable String username, @Nullable Secret password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("rollcall");
    config.setJdbcUrl(url);
    config.setUsername(username);
    config.setPassword(password == null ? null : password.reveal());
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(BORROW_SLICE.toMillis());
    config.setValidationTimeout(WatchedPool.PROOF_OF_LIFE.toMillis());
    config.setKeepaliveTime(KEEPALIVE.toMillis());
    config.setConnectionInitSql(SESSION);
    config.addDataSourceProperty("ApplicationName", NAME);
    config.addDataSourceProperty("socketFactory", Wires.class.getName());
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("loginTimeout", "8");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // The detail of an error quotes the row.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Closes the pool, and stops the embedded server if no other process uses it. */
  @Override
  public void close() {
    if (pool.isClosed()) {
      return;
    }
    pool.close();
    if (embedded != null) {
      embedded.release();
    }
  }
}
