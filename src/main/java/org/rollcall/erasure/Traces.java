package org.rollcall.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.store.Query;

/**
 * Everything the hub's tables say about one person. The tables are found by their columns, so that
 * a table added later is not left out.
 */
final class Traces {
  private static final String STAGED = "staged_";

  private final Connection connection;
  private final String[] addresses;

  Traces(Connection connection, Person person) {
    this.connection = connection;
    this.addresses = person.addresses().toArray(String[]::new);
  }

  private record Table(String name, String condition) {}

  /** The rows by table, as JSON arrays; tables without any are left out. */
  Map<String, String> rows() throws SQLException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Table table : tables()) {
      String found =
          bound("SELECT coalesce(json_agg(to_jsonb(t)), '[]')::text FROM ${table} t WHERE ", table)
              .first(row -> row.getString(1))
              .orElseThrow();
      if (!found.equals("[]")) {
        rows.put(table.name(), found);
      }
    }
    return rows;
  }

  /** Deletes them all. */
  void erase() throws SQLException {
    for (Table table : tables()) {
      bound("DELETE FROM ${table} t WHERE ", table).update();
    }
    for (String address : addresses) {
      Query.of(
              connection,
              "UPDATE batch SET addresses = array_remove(addresses, :address)"
                  + " WHERE addresses @> ARRAY[:address]::text[]")
          .bind("address", address)
          .update();
    }
  }

  private Query bound(String statement, Table table) {
    return Query.of(connection, statement + table.condition())
        .identifier("table", table.name())
        .bind("addresses", addresses);
  }

  private List<Table> tables() throws SQLException {
    return Query.named(connection, "erasure/tables")
        .list(
            row -> {
              String name = row.getString("table_name");
              List<String> conditions = new ArrayList<>();
              if (row.getBoolean("by_address")) {
                conditions.add("t.address = ANY (:addresses)");
              }
              if (row.getBoolean("by_former")) {
                conditions.add("t.former = ANY (:addresses)");
              }
              if (row.getBoolean("by_key") && row.getBoolean("by_sync")) {
                conditions.add(
                    "(t.account_id, t.sync_id, t.member_key) IN (SELECT * FROM erased_member)");
              } else if (name.startsWith(STAGED)) {
                conditions.add(
                    "t.member_key IN (SELECT member_key FROM erased_member WHERE sync_id = "
                        + Integer.parseInt(name.substring(STAGED.length()))
                        + ")");
              }
              return new Table(name, String.join(" OR ", conditions));
            });
  }
}
