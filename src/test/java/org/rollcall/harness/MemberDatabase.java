package org.rollcall.harness;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.TestDatabase;

/** The member database of a scene: a table, and a copy of it in memory for the oracle. */
public final class MemberDatabase implements AutoCloseable {
  public static final String QUERY =
      """
      SELECT member_key, grp AS "group", email, kind, first_name, last_name, company_name, role,
        parent_key, has_login, membership, enabled, status, marketing_opt_out
      FROM member_row
      ORDER BY member_key, grp
      """;

  private final Map<String, Set<String>> addresses = new HashMap<>();

  private record Key(String member, String group) {}

  private final HikariDataSource database = TestDatabase.empty();
  private final Map<Key, SourceRow> rows = new LinkedHashMap<>();

  public MemberDatabase() {
    execute(
        "CREATE TABLE member_row (member_key text, grp text, email text, kind text,"
            + " first_name text, last_name text, company_name text, role text, parent_key text,"
            + " has_login boolean, membership text, enabled boolean, status text,"
            + " marketing_opt_out boolean)");
  }

  public String url() {
    return database.getJdbcUrl();
  }

  public HikariDataSource pool() {
    return database;
  }

  public List<SourceRow> rows() {
    return new ArrayList<>(rows.values());
  }

  /** Every address a member ever had. */
  public Set<String> addressesOf(String key) {
    return addresses.getOrDefault(key, Set.of());
  }

  public void put(SourceRow... changed) {
    put(List.of(changed));
  }

  /** Inserts the rows, or replaces those of the same member and group. */
  public void put(Collection<SourceRow> changed) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM member_row WHERE member_key = ? AND grp = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO member_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (SourceRow row : changed) {
        addresses.computeIfAbsent(row.key(), key -> new HashSet<>()).add(Wanted.address(row));
        rows.put(new Key(row.key(), row.group()), row);
        delete.setString(1, row.key());
        delete.setString(2, row.group());
        delete.addBatch();
        bind(insert, row);
        insert.addBatch();
      }
      delete.executeBatch();
      insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void bind(PreparedStatement insert, SourceRow row) throws SQLException {
    insert.setString(1, row.key());
    insert.setString(2, row.group());
    insert.setString(3, row.email());
    insert.setString(4, row.kind());
    insert.setString(5, row.firstName());
    insert.setString(6, row.lastName());
    insert.setString(7, row.companyName());
    insert.setString(8, row.role());
    insert.setString(9, row.parent());
    insert.setBoolean(10, row.login());
    insert.setString(11, row.membership());
    insert.setBoolean(12, row.enabled());
    insert.setString(13, row.status());
    insert.setBoolean(14, row.optedOut());
  }

  public void remove(SourceRow row) {
    rows.remove(new Key(row.key(), row.group()));
    execute(
        "DELETE FROM member_row WHERE member_key = '%s' AND grp = '%s'"
            .formatted(row.key(), row.group()));
  }

  /** Deletes all rows; {@link #rows} forgets them too. */
  public void clear() {
    rows.clear();
    execute("DELETE FROM member_row");
  }

  /** SQL behind the oracle's back. */
  public void execute(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the first row, or null. */
  public @Nullable String ask(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next() ? found.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
