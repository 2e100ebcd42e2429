package org.rollcall.erasure;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.store.Query;

/**
 * Everything the hub's tables say about one person. The tables are found by their columns, so that
 * a table added later is not left out.
 */
final class Traces {
  private static final String STAGED = "staged_";

  /** Names nobody: its rows belong to whoever has, or had, fields with their digest. */
  private static final String FIELDS = "former_fields";

  private static final String ROWS =
      "SELECT coalesce(json_agg(to_jsonb(t)), '[]')::text FROM ${table} t WHERE ";

  private final Connection connection;
  private final String[] addresses;

  Traces(Connection connection, Person person) {
    this.connection = connection;
    this.addresses = person.addresses().toArray(String[]::new);
  }

  /**
   * @param digests the columns with digests of the person's fields
   */
  private record Table(String name, String condition, List<String> digests) {}

  /** The rows by table, as JSON arrays; tables without any are left out. */
  Map<String, String> rows() throws SQLException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Table table : tables()) {
      keep(rows, table.name(), bound(ROWS, table));
    }
    keep(
        rows,
        FIELDS,
        Query.of(connection, ROWS + "t.digest = ANY (:digests)")
            .identifier("table", FIELDS)
            .bind("digests", digests()));
    return rows;
  }

  private static void keep(Map<String, String> rows, String table, Query query)
      throws SQLException {
    String found = query.first(row -> row.getString(1)).orElseThrow();
    if (!found.equals("[]")) {
      rows.put(table, found);
    }
  }

  /** Deletes them all. */
  void erase() throws SQLException {
    for (Table table : tables()) {
      bound("DELETE FROM ${table} t WHERE ", table).update();
    }
    Query.named(connection, "erasure/unlink").update();
    Query.named(connection, "erasure/orphaned_fields").update();
    for (String address : addresses) {
      Query.of(
              connection,
              "UPDATE batch SET addresses = array_remove(addresses, :address)"
                  + " WHERE addresses @> ARRAY[:address]::text[]")
          .bind("address", address)
          .update();
    }
  }

  /** The digests of all fields the person is known to have had. */
  private Long[] digests() throws SQLException {
    Set<Long> digests = new TreeSet<>();
    for (Table table : tables()) {
      for (String column : table.digests()) {
        bound("SELECT t.${column} FROM ${table} t WHERE t.${column} IS NOT NULL AND ", table)
            .identifier("column", column)
            .each(row -> digests.add(row.getLong(1)));
      }
    }
    return digests.toArray(Long[]::new);
  }

  private Query bound(String statement, Table table) {
    return Query.of(connection, statement + "(" + table.condition() + ")")
        .identifier("table", table.name())
        .bind("addresses", addresses);
  }

  private List<Table> tables() throws SQLException {
    return Query.named(connection, "erasure/tables").list(Traces::table);
  }

  private static Table table(ResultSet row) throws SQLException {
    String name = row.getString("table_name");
    List<String> conditions = new ArrayList<>();
    texts(row, "addresses")
        .forEach(column -> conditions.add("t." + column + " = ANY (:addresses)"));
    if (row.getBoolean("by_contact")) {
      conditions.add("(t.account_id, t.contact_no) IN (SELECT * FROM erased_contact)");
    }
    if (row.getBoolean("by_key") && row.getBoolean("by_sync")) {
      conditions.add("(t.account_id, t.sync_id, t.member_key) IN (SELECT * FROM erased_member)");
    } else if (name.startsWith(STAGED)) {
      conditions.add(
          "t.member_key IN (SELECT member_key FROM erased_member WHERE sync_id = "
              + Integer.parseInt(name.substring(STAGED.length()))
              + ")");
    }
    return new Table(name, String.join(" OR ", conditions), texts(row, "digests"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
