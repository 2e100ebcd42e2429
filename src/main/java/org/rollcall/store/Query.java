package org.rollcall.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement with parameters by name, from a text or from {@code sql/NAME.sql}. Every value
 * is a bind variable; {@code ${name}} stands for an identifier the hub itself made, {@code
 * ${part/NAME}} for what statements have in common.
 */
public final class Query {
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z][a-zA-Z]*)");
  private static final Pattern PART = Pattern.compile("\\$\\{(part/[a-z_]+)}");
  private static final Map<String, String> RESOURCES = new ConcurrentHashMap<>();

  private final Connection connection;
  private final Map<String, @Nullable Object> values = new HashMap<>();
  private String text;
  private int fetchSize;

  private Query(Connection connection, String text) {
    this.connection = connection;
    this.text = text;
  }

  /** Turns one row into a value. */
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** Receives rows one by one. */
  public interface RowSink {
    void accept(ResultSet row) throws SQLException;
  }

  /** Says whether more rows are wanted. */
  public interface RowTest {
    boolean test(ResultSet row) throws SQLException;
  }

  public static Query of(Connection connection, String text) {
    return new Query(connection, text);
  }

  /** The statement in the resource {@code sql/NAME.sql}. */
  public static Query named(Connection connection, String name) {
    return of(connection, RESOURCES.computeIfAbsent(name, Query::load));
  }

  public Query bind(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  /** Puts an identifier that the hub itself made into the text. */
  public Query identifier(String name, String identifier) {
    if (!identifier.matches("[a-z_0-9]+")) {
      throw new IllegalArgumentException("not an identifier of ours: " + identifier);
    }
    text = text.replace("${" + name + "}", identifier);
    return this;
  }

  /** Reads through a cursor of so many rows; the connection must not be in autocommit mode. */
  public Query streaming(int rows) {
    fetchSize = rows;
    return this;
  }

  public int update() throws SQLException {
    try (PreparedStatement statement = prepare()) {
      return statement.executeUpdate();
    }
  }

  public <T> List<T> list(RowMapper<T> mapper) throws SQLException {
    List<T> result = new ArrayList<>();
    each(row -> result.add(mapper.map(row)));
    return result;
  }

  public <T> Optional<T> first(RowMapper<T> mapper) throws SQLException {
    try (PreparedStatement statement = prepare();
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
    }
  }

  /** The single value of a query that always gives one row, such as a count. */
  public long number() throws SQLException {
    return first(row -> row.getLong(1)).orElseThrow();
  }

  public void each(RowSink sink) throws SQLException {
    during(
        row -> {
          sink.accept(row);
          return true;
        });
  }

  /** Reads rows as long as they are wanted. */
  public void during(RowTest wanted) throws SQLException {
    try (PreparedStatement statement = prepare();
        ResultSet rows = statement.executeQuery()) {
      boolean go = true;
      while (go && rows.next()) {
        go = wanted.test(rows);
      }
    }
  }

  private PreparedStatement prepare() throws SQLException {
    List<String> names = new ArrayList<>();
    String sql =
        PARAMETER
            .matcher(text)
            .replaceAll(
                match -> {
                  names.add(match.group(1));
                  return "?";
                });
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(fetchSize);
    for (int i = 0; i < names.size(); i++) {
      bind(statement, i + 1, names.get(i));
    }
    return statement;
  }

  private void bind(PreparedStatement statement, int index, String name) throws SQLException {
    if (!values.containsKey(name)) {
      throw new IllegalStateException("no value for :" + name);
    }
    Object value = values.get(name);
    if (value instanceof Instant instant) {
      statement.setObject(index, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
    } else if (value instanceof int[] numbers) {
      statement.setObject(index, numbers);
    } else if (value instanceof Boolean[] flags) {
      statement.setArray(index, connection.createArrayOf("boolean", flags));
    } else if (value instanceof String[] texts) {
      statement.setArray(index, connection.createArrayOf("text", texts));
    } else {
      statement.setObject(index, value);
    }
  }

  private static String load(String name) {
    try (InputStream in = Query.class.getResourceAsStream("/sql/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("no statement sql/" + name + ".sql");
      }
      String text = stripComments(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(load(part.group(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stripComments(String sql) {
    return sql.replaceAll("(?m)^\\s*--.*$", "").strip();
  }

  /**
   * A time that the database can hold; Java's go further.
   *
   * @throws DateTimeException when it is before the year 0 or after 9999
   */
  public static Instant kept(Instant at) {
    int year = at.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > 9999) {
      throw new DateTimeException("the year " + year + " is too far away");
    }
    return at;
  }

  /** A nullable time stamp of a row. */
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** An {@code int[]} column. */
  public static int[] ints(ResultSet row, String column) throws SQLException {
    Integer[] boxed = (Integer[]) row.getArray(column).getArray();
    int[] result = new int[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      result[i] = boxed[i];
    }
    return result;
  }
}
