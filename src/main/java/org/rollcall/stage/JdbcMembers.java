package org.rollcall.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** The bean behind kamelet:jdbc-members-action: reads a query into the run's open staging. */
public final class JdbcMembers {
  private static final Pattern LAST_SEMICOLON = Pattern.compile("[;\\s]+$");

  private final LongSupplier nanos;

  /**
   * @param nanos a clock that only ever runs, as {@link System#nanoTime}
   */
  public JdbcMembers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Reads all rows of the query; leaves the message as it is.
   *
   * @throws SourceException when the query cannot be read to its end
   * @throws IllegalStateException when no run has opened a staging
   */
  public void read(Exchange exchange, JdbcQuery query) {
    Staging staging = stagingOf(exchange);
    try {
      read(exchange.getContext(), query, staging);
    } catch (RuntimeException e) {
      staging.fail(e);
      throw e;
    }
  }

  private static Staging stagingOf(Exchange exchange) {
    if (exchange.getProperty(Staging.PROPERTY) instanceof Staging staging) {
      return staging;
    }
    throw new IllegalStateException(
        "kamelet:jdbc-members-action was called without a run: there is nowhere to stage members"
            + " (start the sync with rollcall sync, or with Sync now)");
  }

  private void read(CamelContext context, JdbcQuery query, Staging staging) {
    Trouble trouble =
        (what, remedy, cause) ->
            new SourceException(staging.sync(), query.name(), 0, what, remedy, cause);
    int fetchSize;
    Duration timeout;
    try {
      fetchSize = query.fetchSize();
      timeout = query.queryTimeout();
      query.maxLag();
    } catch (IllegalArgumentException e) {
      throw trouble.of(String.valueOf(e.getMessage()), "", null);
    }
    DataSource source = source(context, query, trouble);
    String sql = sql(context, query, trouble);
    Pulse pulse = new Pulse(nanos.getAsLong() + timeout.toNanos(), staging, query);
    try (SourceCursor cursor = SourceCursor.on(connect(source, query, trouble))) {
      refuseLag(cursor, query, timeout, trouble);
      try (ResultSet rows = cursor.execute(sql, fetchSize, timeout)) {
        staging.rows(query.name(), rows, pulse);
      }
    } catch (SQLException e) {
      SqlTrouble told = SqlTrouble.of(e);
      throw trouble.of(told.what(), told.remedy(), told.cause());
    }
  }

  /** A replica that is behind would take back what it does not have yet. */
  private static void refuseLag(
      SourceCursor cursor, JdbcQuery query, Duration timeout, Trouble trouble) throws SQLException {
    if (query.lagQuery().isEmpty()) {
      return;
    }
    OptionalDouble lag = cursor.seconds(query.lagQuery().get(), timeout);
    if (lag.isEmpty()) {
      throw trouble.of(
          "how far the source is behind is not known", "mend it, or the lagQuery", null);
    }
    if (lag.getAsDouble() > query.maxLag().toMillis() / 1000.0) {
      throw trouble.of(
          "the source is %.0f s behind, more than the %s allowed"
              .formatted(lag.getAsDouble(), query.maxLagAsGiven()),
          "the next run reads it again",
          null);
    }
  }

  private interface Trouble {
    SourceException of(String what, String remedy, @Nullable Throwable cause);
  }

  private static DataSource source(CamelContext context, JdbcQuery query, Trouble trouble) {
    DataSource source =
        context.getRegistry().lookupByNameAndType(query.dataSource(), DataSource.class);
    if (source == null) {
      String known =
          String.join(
              ", ",
              new TreeSet<>(context.getRegistry().findByTypeWithName(DataSource.class).keySet()));
      throw trouble.of(
          "there is no source " + query.dataSource(),
          known.isEmpty() ? "no source is set up" : "the sources are " + known,
          null);
    }
    return source;
  }

  private static String sql(CamelContext context, JdbcQuery query, Trouble trouble) {
    String sql = query.isResource() ? load(context, query, trouble) : query.query();
    String trimmed = LAST_SEMICOLON.matcher(sql).replaceFirst("");
    if (trimmed.isBlank()) {
      throw trouble.of("the query is empty", "give the SELECT that yields the members", null);
    }
    return trimmed;
  }

  private static String load(CamelContext context, JdbcQuery query, Trouble trouble) {
    String where = query.query().substring("resource:".length());
    try (InputStream text = ResourceHelper.resolveMandatoryResourceAsInputStream(context, where)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw trouble.of("the query's file cannot be read: " + where, "check its path", e);
    }
  }

  private static Connection connect(DataSource source, JdbcQuery query, Trouble trouble) {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      SqlTrouble told = SqlTrouble.unreached(e);
      throw trouble.of(
          "no connection to the source " + query.dataSource() + ": " + told.what(),
          "check its url and password",
          told.cause());
    }
  }

  /** Ends a read that is out of time, or whose thread is to stop. */
  private final class Pulse implements Runnable {
    private final long deadline;
    private final Staging staging;
    private final JdbcQuery query;

    Pulse(long deadline, Staging staging, JdbcQuery query) {
      this.deadline = deadline;
      this.staging = staging;
      this.query = query;
    }

    @Override
    public void run() {
      if (Thread.currentThread().isInterrupted()) {
        throw stop("the read was interrupted", "the next run reads the source again");
      }
      if (nanos.getAsLong() - deadline > 0) {
        throw stop(
            "the read took longer than " + query.timeoutAsGiven(),
            "make the query faster or raise queryTimeout");
      }
    }

    private SourceException stop(String what, String remedy) {
      return new SourceException(
          staging.sync(), query.name(), staging.readCount(), what, remedy, null);
    }
  }
}
