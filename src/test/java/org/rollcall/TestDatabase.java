package org.rollcall;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** One embedded PostgreSQL for all tests of this JVM, a database of its own for each that asks. */
public final class TestDatabase {
  private static final EmbeddedPostgres SERVER = start();
  private static final String BARE = "template1";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** With all migrations applied: made when the first one asks, and copied from then on. */
  private static final class Migrated {
    private static final String NAME = "migrated";

    static {
      try (HikariDataSource database = create(NAME, BARE)) {
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:db/migration")
            .load()
            .migrate();
      }
    }

    static String name() {
      return NAME;
    }
  }

  private TestDatabase() {}

  /** An empty hub database with all migrations applied, behind a pool of 20 connections. */
  public static HikariDataSource fresh() {
    return create(next(), Migrated.name());
  }

  /** A database without any table, as a member database would be. */
  public static HikariDataSource empty() {
    return create(next(), BARE);
  }

  private static String next() {
    return "test_" + COUNT.incrementAndGet();
  }

  private static HikariDataSource create(String name, String template) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(SERVER.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
