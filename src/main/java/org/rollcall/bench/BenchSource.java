package org.rollcall.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.PGConnection;

/** The measured member database, and what it says should be at the provider. */
final class BenchSource {
  static final String QUERY = "SELECT * FROM roster";

  private final Connection database;
  private final long members;
  private final int groups;

  BenchSource(Connection database, long members, int groups) {
    this.database = database;
    this.members = members;
    this.groups = groups;
  }

  static String resource(String name) {
    try (InputStream in = BenchSource.class.getResourceAsStream("/bench/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void create() throws SQLException {
    execute(resource("roster.sql"));
    join(1, members);
    execute("GRANT SELECT ON roster TO reader");
    execute("VACUUM ANALYZE roster");
    expect();
    execute("CREATE TABLE expected_before AS TABLE expected WITH NO DATA");
  }

  private void join(long from, long to) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(resource("joiners.sql"))) {
      insert.setInt(1, groups);
      insert.setLong(2, from);
      insert.setLong(3, to);
      insert.executeUpdate();
    }
  }

  /** One member in a hundred changes, leaves, joins or moves. */
  void change() throws SQLException {
    execute("DROP TABLE expected_before; ALTER TABLE expected RENAME TO expected_before");
    execute(resource("changes.sql").replace("@groups@", String.valueOf(groups)));
    join(members + 1, members + Math.max(1, members / 500));
    execute("VACUUM ANALYZE roster");
    expect();
  }

  /** From now on nothing more is wanted than there is. */
  void nothingChanged() throws SQLException {
    execute("DROP TABLE expected_before; CREATE TABLE expected_before AS TABLE expected");
  }

  private void expect() throws SQLException {
    execute(resource("expected.sql"));
    execute("ANALYZE expected");
  }

  long rows() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM roster")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The fewest calls for what changed since before, each kind by itself. */
  record Minimum(long lists, long imports, long removals, long pages) {
    /** Lists and changes are asked for once in every run, and every job at least once. */
    long all(boolean first) {
      long questions = first ? 5 : 3;
      return questions + lists + 2 * (imports + removals) + pages + (pages > 0 && !first ? 1 : 0);
    }
  }

  Minimum minimum() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(resource("minimum.sql"))) {
      row.next();
      return new Minimum(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  /** A kind of difference, how often it occurs, and the smallest member key it concerns. */
  record Difference(String kind, long count, String example) {}

  /** Compares every contact and membership with the rules. */
  List<Difference> differences(InputStream contacts) throws SQLException {
    execute("DROP TABLE IF EXISTS seen, seen_line; CREATE UNLOGGED TABLE seen_line (text text)");
    try (contacts) {
      // a control character that no JSON holds, so that every line is one value
      database
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY seen_line FROM STDIN WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')",
              contacts);
    } catch (IOException e) {
      throw new UncheckedIOException("reading the provider's contacts", e);
    }
    execute(resource("seen.sql"));
    execute("ANALYZE seen");
    List<Difference> found = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(resource("differences.sql"))) {
      while (rows.next()) {
        found.add(
            new Difference(rows.getString(1), rows.getLong(2), String.valueOf(rows.getString(3))));
      }
    }
    return found;
  }

  /** How many contacts and memberships should be there. */
  long[] expected() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), coalesce(sum(cardinality(lists)), 0) FROM expected")) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2)};
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
