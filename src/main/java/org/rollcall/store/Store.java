package org.rollcall.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The hub's database: every access is one short transaction. */
public final class Store {
  private final DataSource pool;

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

  /** Commits when the work returns, rolls back when it throws. The pool undoes the rest. */
  public <T extends @Nullable Object> T transaction(Work<T> work) {
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
