package org.rollcall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The hub's database: every access is one short transaction. */
public final class Store {
  private final DataSource pool;

  @SuppressWarnings("ThreadLocalUsage") // one for each database, which lives as long as the hub
  private final ThreadLocal<@Nullable Connection> rehearsal = new ThreadLocal<>();

  public Store(DataSource pool) {
    this.pool = pool;
  }

  /** Work inside one transaction. */
  public interface Work<T extends @Nullable Object> {
    T in(Connection connection) throws SQLException;
  }

  /** Work inside one transaction that gives nothing back. */
  public interface Action {
    void in(Connection connection) throws SQLException;
  }

  /**
   * Does work whose transactions see each other and are all undone at its end, on this thread.
   *
   * @return what the work gives
   */
  public <T extends @Nullable Object> T rehearse(Supplier<T> work) {
    return transaction(
        connection -> {
          rehearsal.set(connection);
          try {
            return work.get();
          } finally {
            rehearsal.remove();
            connection.rollback();
          }
        });
  }

  private <T extends @Nullable Object> T rehearsed(Connection connection, Work<T> work) {
    try {
      Savepoint before = connection.setSavepoint();
      try {
        T result = work.in(connection);
        connection.releaseSavepoint(before);
        return result;
      } catch (Throwable failed) {
        connection.rollback(before);
        throw failed;
      } finally {
        // what would have gone with the commit
        try (Statement statement = connection.createStatement()) {
          statement.execute("DISCARD TEMP");
        }
      }
    } catch (SQLException e) {
      throw StoreException.of("the hub's database refused", e);
    }
  }

  /** Commits when the work returns, rolls back when it throws. The pool undoes the rest. */
  public <T extends @Nullable Object> T transaction(Work<T> work) {
    Connection joined = rehearsal.get();
    if (joined != null) {
      return rehearsed(joined, work);
    }
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (Throwable failed) {
        rollBack(connection, failed);
        throw failed;
      }
    } catch (SQLException e) {
      throw StoreException.of("the hub's database refused", e);
    }
  }

  public void run(Action action) {
    transaction(
        connection -> {
          action.in(connection);
          return true;
        });
  }

  public DataSource pool() {
    return pool;
  }

  private static void rollBack(Connection connection, Throwable failed) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failed.addSuppressed(e);
    }
  }
}
