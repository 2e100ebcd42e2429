package org.rollcall;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One embedded PostgreSQL for all tests of this JVM, a database of its own for each that asks. The
 * database goes when its pool is closed, at the latest with its test class.
 */
public final class TestDatabase {
  private static final String BARE = "template1";
  private static final String PREFIX = "test_";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Started when the first one asks. */
  private static final class Server {
    /** A file system in memory, where a database is made in a tenth of the time. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** The databases of all tests that run at a time stay far below. */
    private static final long ROOM = 8L << 30;

    private static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_wal_size", "256MB")
            .setDataDirectory(Files.createTempDirectory(place(), "rollcall-tests"))
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path place() {
      return MEMORY.toFile().getUsableSpace() > ROOM
          ? MEMORY
          : Path.of(System.getProperty("java.io.tmpdir"));
    }

    static Connection connect() throws SQLException {
      return RUNNING.getPostgresDatabase().getConnection();
    }

    static String url(String database) {
      return RUNNING.getJdbcUrl("postgres", database);
    }
  }

  /** With all migrations applied: made when the first one asks, and copied from then on. */
  private static final class Migrated {
    private static final String NAME = "migrated";

    static {
      create(NAME, BARE);
      Flyway.configure()
          .dataSource(Server.url(NAME), null, null)
          .locations("classpath:db/migration")
          .load()
          .migrate();
    }

    static String name() {
      return NAME;
    }
  }

  /** Closing it drops the database, whoever is still connected. */
  private static final class Pool extends HikariDataSource {
    private final String name;

    private Pool(String name) {
      super(config(name));
      this.name = name;
    }

    private static HikariConfig config(String name) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(Server.url(name));
      config.setMaximumPoolSize(20);
      config.setMinimumIdle(0);
      return config;
    }

    @Override
    public void close() {
      super.close();
      drop(name);
    }
  }

  /** Leaves no database behind a test class; registered for all of them. */
  public static final class Sweep implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
      if (COUNT.get() > 0) {
        made().forEach(TestDatabase::drop);
      }
    }
  }

  private TestDatabase() {}

  /** An empty hub database with all migrations applied, behind a pool of 20 connections. */
  public static HikariDataSource fresh() {
    return pool(Migrated.name());
  }

  /** A database without any table, as a member database would be. */
  public static HikariDataSource empty() {
    return pool(BARE);
  }

  private static HikariDataSource pool(String template) {
    String name = PREFIX + COUNT.incrementAndGet();
    create(name, template);
    return new Pool(name);
  }

  private static void create(String name, String template) {
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
  }

  private static void drop(String name) {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void execute(String sql) {
    try (Connection connection = Server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> made() {
    try (Connection connection = Server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE starts_with(datname, '" + PREFIX + "')")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
