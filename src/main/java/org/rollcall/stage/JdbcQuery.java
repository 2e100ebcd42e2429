package org.rollcall.stage;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * One use of kamelet:jdbc-members-action. Its parameters are texts, for Camel does not check the
 * types that a Kamelet declares.
 */
public final class JdbcQuery {
  private @Nullable JdbcMembers members;
  private String dataSource = "";
  private String query = "";
  private String fetchSize = "1000";
  private String queryTimeout = "30m";

  /** Reads the query into the staging of the exchange's run. */
  public void read(Exchange exchange) {
    Objects.requireNonNull(members, "the bean jdbcMembers is not set").read(exchange, this);
  }

  public void setMembers(JdbcMembers members) {
    this.members = members;
  }

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

  String timeoutAsGiven() {
    return queryTimeout;
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
