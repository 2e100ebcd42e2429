package org.rollcall.stage;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * One use of kamelet:jdbc-members-action. Its parameters are texts, for Camel does not check the
 * types that a Kamelet declares.
 */
public final class JdbcQuery {
  private static final String NO_LAG_QUERY = "none";

  private @Nullable JdbcMembers members;
  private String dataSource = "";
  private String query = "";
  private String fetchSize = "1000";
  private String queryTimeout = "30m";
  private String lagQuery = NO_LAG_QUERY;
  private String maxLag = "5m";

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

  public void setLagQuery(@Nullable String lagQuery) {
    this.lagQuery = Objects.requireNonNullElse(lagQuery, NO_LAG_QUERY).strip();
  }

  public void setMaxLag(@Nullable String maxLag) {
    this.maxLag = Objects.requireNonNullElse(maxLag, "").strip();
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
    return time("queryTimeout", queryTimeout, "30m");
  }

  /** The query that measures how far the source is behind, in seconds; empty without one. */
  Optional<String> lagQuery() {
    return lagQuery.isEmpty() || lagQuery.equals(NO_LAG_QUERY)
        ? Optional.empty()
        : Optional.of(lagQuery);
  }

  String maxLagAsGiven() {
    return maxLag;
  }

  /** How far the source may be behind. */
  Duration maxLag() {
    return time("maxLag", maxLag, "5m");
  }

  private static Duration time(String property, String given, String example) {
    try {
      long millis = TimeUtils.toMilliSeconds(given);
      if (millis > 0) {
        return Duration.ofMillis(millis);
      }
    } catch (RuntimeException e) {
      // told below, as a time out of range is
    }
    throw new IllegalArgumentException(
        property + " is a time such as " + example + ", not " + given);
  }
}
