package org.rollcall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
  /** The first that has MERGE. */
  private static final int OLDEST_POSTGRESQL = 15;

  private static final int MAX_CONNECTIONS = 16;
  private static final Duration BORROW_LIMIT = Duration.ofSeconds(20);
  private static final Duration KEEPALIVE = Duration.ofMinutes(2);

  /** A server left by a killed hub may still be recovering when we attach to it. */
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

  private final HikariDataSource pool;
  private final @Nullable EmbeddedPostgres embedded;

  private Database(HikariDataSource pool, @Nullable EmbeddedPostgres embedded) {
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
    HikariDataSource pool;
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

  private static HikariDataSource connect(HikariConfig config, String url) {
    try {
      return new HikariDataSource(config);
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
    config.setConnectionTimeout(BORROW_LIMIT.toMillis());
    config.setKeepaliveTime(KEEPALIVE.toMillis());
    config.addDataSourceProperty("ApplicationName", "rollcall");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "10");
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
