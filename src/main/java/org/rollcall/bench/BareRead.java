package org.rollcall.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads a query through a cursor, every column as text, and does nothing else with it. */
public final class BareRead {
  /** The environment variable with the password. */
  static final String PASSWORD = "ROLLCALL_BENCH_PASSWORD";

  private static final int FETCH_SIZE = 1_000;

  private BareRead() {}

  /** Arguments: JDBC address, user, query. Prints the number of rows. */
  public static void main(String[] args) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(args[0], args[1], System.getenv(PASSWORD))) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(FETCH_SIZE);
        System.out.println(read(statement, args[2]));
      }
    }
  }

  private static long read(Statement statement, String query) throws SQLException {
    long rows = 0;
    long letters = 0;
    try (ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        rows++;
        for (int i = 1; i <= columns; i++) {
          String text = result.getString(i);
          letters += text == null ? 0 : text.length();
        }
      }
    }
    if (letters < 0) {
      throw new IllegalStateException("nothing was read");
    }
    return rows;
  }
}
