package org.rollcall.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(60)
class JdbcMembersTest {
  private static final int SYNC = 73;
  private static final String MANY =
      "SELECT i AS member_key, 'p' || i || '@example.org' AS email, 'Board' AS \"group\""
          + " FROM generate_series(1, 20000) AS i";

  private final CamelContext camel = new DefaultCamelContext();
  private final JdbcQuery query = new JdbcQuery();
  private Staging staging;

  @BeforeEach
  void open() {
    staging = Sync.staging(SYNC, Sync.EVERYTHING);
    query.setDataSource("chamber");
    query.setFetchSize("100");
  }

  @AfterEach
  void close() {
    staging.close();
  }

  @Test
  void large_query_is_read_to_its_end() {
    read(source(), MANY);

    assertThat(Sync.loaded(staging).readCount()).isEqualTo(20_000);
  }

  @Test
  void rows_flow_through_a_cursor_of_the_server() {
    SourceException failure =
        failure(
            source(),
            "SELECT i AS member_key, 1 / (1500 - i) AS x FROM generate_series(1, 9999) i");

    assertThat(failure)
        .as("only a cursor hands over rows before the one that fails")
        .hasMessage("sync chamber: query on chamber: row 1401: SQL state 22012, error 0");
    assertThat(staging.readCount()).isEqualTo(1_400);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void session_ended_by_the_server_is_a_lost_connection_at_its_row(int pulse) {
    PGSimpleDataSource source = postgres(Postgres.port());
    source.setApplicationName("ended");
    Clock terminating =
        new CallingClock(
            pulse + 1,
            () ->
                Postgres.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE application_name = 'ended'"));

    SourceException failure = failure(terminating, source, MANY);

    assertThat(failure.row()).isBetween(pulse * 64L, pulse * 64L + 101);
    assertThat(failure)
        .hasMessageStartingWith(
            "sync chamber: query on chamber: row " + failure.row() + ": connection lost: ");
    assertIncomplete(failure);
  }

  @ParameterizedTest
  @ValueSource(longs = {600, 3_000, 10_000, 100_000, 500_000})
  void connection_cut_after_any_number_of_bytes_leaves_the_read_incomplete(long bytes)
      throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(Postgres.port(), bytes)) {
      SourceException failure = failure(postgres(proxy.port()), MANY);

      assertThat(failure).hasMessageContaining("connection lost");
      assertIncomplete(failure);
    }
  }

  @Test
  void slow_query_is_stopped_by_the_server_at_its_time_limit() {
    query.setQueryTimeout("200ms");

    SourceException failure = failure(source(), "SELECT 1 AS member_key, pg_sleep(50)");

    assertThat(failure)
        .hasMessageContaining("canceling statement due to statement timeout")
        .hasMessageEndingWith("(make the query faster or raise queryTimeout)");
    assertIncomplete(failure);
  }

  @Test
  void later_rows_that_come_too_slowly_are_stopped_too() {
    query.setQueryTimeout("500ms");
    query.setFetchSize("10");

    SourceException failure =
        failure(
            source(),
            "SELECT i AS member_key, CASE WHEN i > 30 THEN pg_sleep(50) END AS x"
                + " FROM generate_series(1, 100) AS i");

    assertThat(failure.row()).isEqualTo(31);
    assertIncomplete(failure);
  }

  @Test
  void whole_read_has_a_time_limit_even_when_every_row_is_quick() {
    query.setQueryTimeout("30m");
    CallingClock clock = new CallingClock(5, () -> {});
    clock.jump = Duration.ofMinutes(31);

    assertThat(failure(clock, source(), MANY))
        .hasMessage(
            "sync chamber: query on chamber: row 256: the read took longer than 30m"
                + " (make the query faster or raise queryTimeout)");
  }

  @Test
  void interrupted_thread_stops_reading() {
    CallingClock interrupting = new CallingClock(3, () -> Thread.currentThread().interrupt());

    SourceException failure = failure(interrupting, source(), MANY);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasMessageContaining("row 192: the read was interrupted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t DROP COLUMN member_key|there is no column member_key; the columns are email,"
            + " enabled, opt_in_at, role, group",
        "ALTER TABLE t RENAME COLUMN member_key TO id|there is no column member_key",
        "ALTER TABLE t ALTER COLUMN enabled TYPE text USING 'perhaps'"
            + "|row 1: member P-1: the column enabled holds \"perhaps\"",
        "ALTER TABLE t ALTER COLUMN opt_in_at TYPE text USING 'then'"
            + "|row 1: member P-1: the column opt_in_at holds no time",
        "ALTER TABLE t ALTER COLUMN role TYPE int USING 7"
            + "|row 1: member P-1: the column role holds something else",
        "ALTER TABLE t RENAME COLUMN email TO groups|there is a column group and a column groups",
        "UPDATE t SET member_key = NULL|row 1: the column member_key is empty",
        "UPDATE t SET role = 'president'|row 1: member P-1: the column role holds \"president\"",
        "ALTER TABLE t RENAME TO t2|relation \"t\" does not exist",
      })
  void changed_shape_of_the_source_is_told_before_anything_is_written(String change, String told)
      throws Exception {
    Postgres.execute(
        "DROP TABLE IF EXISTS t, t2",
        "CREATE TABLE t AS SELECT 'P-1' AS member_key, 'ann@example.org' AS email,"
            + " true AS enabled, now() AS opt_in_at, 'member' AS role, 'Board' AS \"group\"",
        change);

    SourceException failure = failure(source(), "SELECT * FROM t");

    assertThat(failure).hasMessageContaining(told);
    assertIncomplete(failure);
  }

  @Test
  void reordered_and_dropped_columns_are_seen_in_what_was_read() throws Exception {
    read(source(), "SELECT 'x' AS \"group\", 1 AS member_key");

    assertThat(Sync.loaded(staging).columns()).containsExactly("group", "member_key");
  }

  @Test
  void query_that_writes_is_refused() throws Exception {
    Postgres.execute("DROP TABLE IF EXISTS w", "CREATE TABLE w (member_key int)");

    assertThat(failure(source(), "INSERT INTO w VALUES (1) RETURNING member_key"))
        .hasMessageContaining("read-only transaction");
    assertThat(Postgres.column("SELECT * FROM w")).isEmpty();
  }

  @Test
  void data_in_a_message_of_the_database_is_not_passed_on() {
    SourceException failure =
        failure(source(), "SELECT CAST('ann@example.org' AS int) AS member_key");

    assertThat(failure)
        .hasMessage("sync chamber: query on chamber: SQL state 22P02, error 0")
        .hasNoCause();
  }

  @Test
  void semicolon_and_comment_around_the_query_do_no_harm() {
    read(source(), "-- members\nSELECT 1 AS member_key ; \n ;\n");

    assertThat(Sync.loaded(staging).readCount()).isEqualTo(1);
  }

  @Test
  void source_that_does_not_answer_is_told_with_its_name() {
    assertThat(failure(postgres(1), MANY))
        .hasMessageStartingWith(
            "sync chamber: query on chamber: no connection to the source chamber: ");
  }

  @Test
  void what_the_database_said_is_told_rather_than_how_long_a_pool_waited() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres(1));
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(300);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(failure(pool, MANY))
          .hasMessageContaining("no connection to the source chamber: Connection to")
          .hasMessageContaining("refused")
          .hasMessageNotContaining("request timed out");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1 AS member_key", "SELECT nothing"})
  void connection_goes_back_as_it_came(String sql) {
    List<String> states = new ArrayList<>();
    DataSource source =
        new PGSimpleDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return closing(postgres(Postgres.port()).getConnection(), states);
          }
        };

    try {
      read(source, sql);
    } catch (SourceException e) {
      assertThat(sql).isEqualTo("SELECT nothing");
    }

    assertThat(states).containsExactly("autocommit true, read only false, timeout 0");
  }

  private static Connection closing(Connection real, List<String> states) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                states.add(
                    "autocommit "
                        + real.getAutoCommit()
                        + ", read only "
                        + real.isReadOnly()
                        + ", timeout "
                        + real.getNetworkTimeout());
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void another_database_is_read_the_same_way() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:members");

    read(h2, "SELECT x AS member_key, true AS \"enabled\" FROM system_range(1, 7000)");

    assertThat(Sync.loaded(staging).readCount()).isEqualTo(7_000);
  }

  @ParameterizedTest
  @CsvSource({
    "PostgreSQL JDBC Driver, 500",
    "MySQL Connector/J, -2147483648",
    "MariaDB Connector/J, 500",
    "H2 JDBC Driver, 500",
  })
  void rows_are_asked_for_as_each_driver_streams(String driver, int expected) {
    assertThat(SourceCursor.fetchSizeFor(driver, 500)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "resource:file:/srv/home/config/chamber-members.sql, chamber-members.sql",
    "resource:file:chamber-members.sql, chamber-members.sql",
    "resource:classpath:sql/a.sql, a.sql",
    "SELECT 1, on chamber",
  })
  void query_is_called_by_its_file_or_its_source(String text, String name) {
    query.setQuery(text);

    assertThat(query.name()).isEqualTo(name);
  }

  private void assertIncomplete(SourceException failure) {
    assertThat(staging.failure()).contains(failure);
    assertThat(staging.isComplete()).isFalse();
    assertThatThrownBy(staging::complete).isSameAs(failure);
  }

  private SourceException failure(DataSource source, String sql) {
    return failure(Clock.systemUTC(), source, sql);
  }

  private SourceException failure(Clock clock, DataSource source, String sql) {
    SourceException failure =
        catchThrowableOfType(SourceException.class, () -> read(clock, source, sql));
    assertThat(failure).isNotNull();
    return failure;
  }

  private void read(DataSource source, String sql) {
    read(Clock.systemUTC(), source, sql);
  }

  private void read(Clock clock, DataSource source, String sql) {
    camel.getRegistry().bind("chamber", DataSource.class, source);
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty(Staging.PROPERTY, staging);
    query.setQuery(sql);
    new JdbcMembers(() -> clock.millis() * 1_000_000).read(exchange, query);
  }

  private static DataSource source() {
    return postgres(Postgres.port());
  }

  private static PGSimpleDataSource postgres(int port) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName("postgres");
    source.setUser("postgres");
    return source;
  }

  /** Does something when it is asked for the n-th time; the first time sets the deadline. */
  private static final class CallingClock extends Clock {
    private interface Deed {
      void run() throws SQLException;
    }

    private final int nth;
    private final Deed deed;
    private Duration jump = Duration.ZERO;
    private int calls;

    CallingClock(int nth, Deed deed) {
      this.nth = nth;
      this.deed = deed;
    }

    @Override
    public Instant instant() {
      if (++calls == nth) {
        try {
          deed.run();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
      return calls < nth ? Instant.EPOCH : Instant.EPOCH.plus(jump);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
