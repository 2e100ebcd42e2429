package org.rollcall.sample;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.rollcall.settings.DatabaseSettings;
import org.rollcall.store.Database;
import org.rollcall.store.StoreException;

/**
 * A member database beside the hub's own in the embedded server of a home. It has an owner who
 * fills it, and a reader as whom the hub comes.
 */
public final class SampleDatabase implements AutoCloseable {
  public static final String READER = "reader";

  private final Database server;
  private final String name;
  private final String url;
  private final String password;

  private SampleDatabase(Database server, String name, String url, String password) {
    this.server = server;
    this.name = name;
    this.url = url;
    this.password = password;
  }

  /** Starts the home's server, or attaches to it, and makes a new database there. */
  public static SampleDatabase create(Path home, String name) {
    Database server = Database.open(new DatabaseSettings(null, null, null), home);
    try {
      return create(server, name, SampleHome.secret());
    } catch (SQLException e) {
      server.close();
      throw StoreException.of("making the database " + name, e);
    }
  }

  private static SampleDatabase create(Database server, String name, String password)
      throws SQLException {
    try (Connection admin = server.dataSource().getConnection();
        Statement statement = admin.createStatement()) {
      for (String role : new String[] {name, READER}) {
        statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
      }
      statement.execute("CREATE DATABASE " + name + " OWNER " + name);
      String origin =
          admin.getMetaData().getURL().replaceFirst("^(jdbc:postgresql://[^/]*/).*", "$1");
      SampleDatabase created = new SampleDatabase(server, name, origin + name, password);
      created.letRead();
      return created;
    }
  }

  private void letRead() throws SQLException {
    try (Connection owner = connect();
        Statement statement = owner.createStatement()) {
      statement.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + READER);
    }
  }

  /** The JDBC address, for the settings of a source. */
  public String url() {
    return url;
  }

  /** The password of {@link #READER}. */
  public String password() {
    return password;
  }

  /** A connection of the owner. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url + "?reWriteBatchedInserts=true", name, password);
  }

  /** Does the server's housekeeping for the hub's tables now rather than at some later time. */
  public void settle() throws SQLException {
    try (Connection admin = server.dataSource().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("VACUUM (ANALYZE)");
      statement.execute("CHECKPOINT");
    }
  }

  /** Lets go of the server; it stops when nobody else uses it. */
  @Override
  public void close() {
    server.close();
  }
}
