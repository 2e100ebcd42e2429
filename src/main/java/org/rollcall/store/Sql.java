package org.rollcall.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement with JDBC's {@code ?} parameters, from {@code sql/<step>/<name>.sql} on the
 * class path or from a text block.
 *
 * <p>Parameters are passed to {@link PreparedStatement#setObject(int, Object)}, so an {@link
 * java.time.Instant} has to come as {@code OffsetDateTime} and an array as {@link java.sql.Array}.
 */
public final class Sql {
  private final String text;

  private Sql(String text) {
    this.text = text;
  }

  /** The statement in {@code sql/<name>.sql}, such as {@code resolve/winner_per_address}. */
  public static Sql named(String name) {
    String resource = "/sql/" + name + ".sql";
    try (InputStream in = Sql.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no statement " + resource + " on the class path");
      }
      return new Sql(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  public static Sql of(String text) {
    return new Sql(text);
  }

  /** Reads one row of a result; called with the cursor on it. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes one row of a result that is too large to be held. */
  @FunctionalInterface
  public interface EachRow {
    void accept(ResultSet row) throws SQLException;
  }

  /** Runs the statement and returns the number of rows it touched. */
  public int update(Connection connection, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Reads all rows; for results known to be small, or use {@link #forEach}. */
  public <T> List<T> query(Connection connection, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    }
    return found;
  }

  /** The first row, if there is one. */
  public <T> Optional<T> first(Connection connection, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, parameters);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.ofNullable(row.read(rows)) : Optional.empty();
    }
  }

  /**
   * Streams the rows through a cursor of so many rows at a time and returns how many there were.
   * PostgreSQL's driver keeps a cursor inside a transaction only.
   */
  public long forEach(
      Connection connection, int rowsAtATime, EachRow each, @Nullable Object... parameters)
      throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException("a cursor needs a transaction: use Database.inTransaction");
    }
    long count = 0;
    try (PreparedStatement statement = prepare(connection, parameters)) {
      statement.setFetchSize(rowsAtATime);
      try (ResultSet rows = statement.executeQuery()) {
        for (; rows.next(); count++) {
          each.accept(rows);
        }
      }
    }
    return count;
  }

  /** For what the methods above do not cover: batches, generated keys. The caller closes it. */
  public PreparedStatement prepare(Connection connection, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
