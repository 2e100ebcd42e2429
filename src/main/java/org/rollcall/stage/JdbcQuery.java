package org.rollcall.stage;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one use of the Kamelet, as texts: Camel does not check their types, so the bean
 * that uses them does.
 */
public final class JdbcQuery {
  private String dataSource = "";
  private String query = "";
  private String fetchSize = "1000";
  private String queryTimeout = "30m";

  public void setDataSource(@Nullable String dataSource) {
    this.dataSource = Objects.requireNonNullElse(dataSource, "").strip();
  }

  public void setQuery(@Nullable String query) {
    this.query = Objects.requireNonNullElse(query, "").strip();
  }

  public void setFetchSize(@Nullable String fetchSize) {
    this.fetchSize = Objects.requireNonNullElse(fetchSize, "").strip();
  }

  public void setQueryTimeout(@Nullable String queryTimeout) {
    this.queryTimeout = Objects.requireNonNullElse(queryTimeout, "").strip();
  }

  String dataSource() {
    return dataSource;
  }

  /** The text of the query, or where it is: {@code resource:file:...}. */
  String query() {
    return query;
  }

  /** What people call the query: the file's name, or whose query it is. */
  String name() {
    if (!isResource()) {
      return "on " + dataSource;
    }
    String path = query.replace('\\', '/');
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
  }

  boolean isResource() {
    return query.startsWith("resource:");
  }

  /** Rows the driver fetches at a time. */
  int fetchSize() {
    try {
      int rows = Integer.parseInt(fetchSize);
      if (rows > 0) {
        return rows;
      }
    } catch (NumberFormatException e) {
      // told below, as a number out of range is
    }
    throw new IllegalArgumentException("fetchSize is a number of rows from 1, not " + fetchSize);
  }

  /** How long the whole read may take. */
  Duration queryTimeout() {
    try {
      long millis = TimeUtils.toMilliSeconds(queryTimeout);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (RuntimeException e) {
      // told below, as a time out of range is
    }
    throw new IllegalArgumentException("queryTimeout is a time such as 30m, not " + queryTimeout);
  }
}
