package org.rollcall.stage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A query read through a cursor of the server, in a read-only transaction, with time limits on the
 * statement and on the socket. Closing it leaves the connection as it was.
 */
final class SourceCursor implements AutoCloseable {
  /** A server that stopped the statement in time gets this long to say so. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Connection connection;
  private final boolean autoCommit;
  private final boolean readOnly;
  private final int networkTimeout;
  private @Nullable Statement statement;

  private SourceCursor(Connection connection) throws SQLException {
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
    this.readOnly = connection.isReadOnly();
    this.networkTimeout = networkTimeout(connection);
  }

  static SourceCursor on(Connection connection) throws SQLException {
    return new SourceCursor(connection);
  }

  ResultSet execute(String sql, int fetchSize, Duration timeout) throws SQLException {
    String driver = connection.getMetaData().getDriverName();
    limitSocket(timeout.plus(GRACE));
    connection.setReadOnly(true);
    // without autocommit only: PostgreSQL reads a whole result into memory otherwise
    connection.setAutoCommit(false);
    Statement cursor =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement = cursor;
    if (isPostgres(driver)) {
      // pgjdbc's own timeout covers the first fetch only, the server's covers every one
      cursor.execute("SET LOCAL statement_timeout = " + timeout.toMillis());
    } else {
      cursor.setQueryTimeout((int) Math.max(1, timeout.plusMillis(999).toSeconds()));
    }
    cursor.setFetchSize(fetchSizeFor(driver, fetchSize));
    return cursor.executeQuery(sql);
  }

  /** What a query measures in seconds; empty when it gives null or no row. */
  OptionalDouble seconds(String sql, Duration timeout) throws SQLException {
    limitSocket(timeout.plus(GRACE));
    connection.setReadOnly(true);
    try (Statement measure = connection.createStatement()) {
      measure.setQueryTimeout((int) Math.max(1, timeout.plusMillis(999).toSeconds()));
      try (ResultSet row = measure.executeQuery(sql)) {
        double seconds = row.next() ? row.getDouble(1) : Double.NaN;
        return Double.isNaN(seconds) || row.wasNull()
            ? OptionalDouble.empty()
            : OptionalDouble.of(seconds);
      }
    }
  }

  private static boolean isPostgres(String driver) {
    return driver.startsWith("PostgreSQL");
  }

  /** MySQL's driver streams only when asked for the smallest int; all others take a number. */
  static int fetchSizeFor(String driver, int fetchSize) {
    return driver.toLowerCase(Locale.ROOT).startsWith("mysql") ? Integer.MIN_VALUE : fetchSize;
  }

  private static int networkTimeout(Connection connection) throws SQLException {
    try {
      return connection.getNetworkTimeout();
    } catch (SQLFeatureNotSupportedException e) {
      return -1;
    }
  }

  private void limitSocket(Duration limit) throws SQLException {
    if (networkTimeout >= 0) {
      connection.setNetworkTimeout(
          Runnable::run, (int) Math.min(limit.toMillis(), Integer.MAX_VALUE));
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  /**
   * Every step is tried, for a connection that is gone fails at each; why it is gone has been told
   * by the read itself.
   */
  @Override
  public void close() {
    Statement open = statement;
    if (open != null) {
      quietly(open::close);
    }
    quietly(connection::rollback);
    quietly(() -> connection.setAutoCommit(autoCommit));
    quietly(() -> connection.setReadOnly(readOnly));
    if (networkTimeout >= 0) {
      quietly(() -> connection.setNetworkTimeout(Runnable::run, networkTimeout));
    }
    quietly(connection::close);
  }

  private static void quietly(Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      // the next step is tried all the same
    }
  }
}
