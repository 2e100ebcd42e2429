package org.rollcall.stage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The table that holds what a sync has read of its source: {@code staged_<syncId>}. */
final class StagingTable {
  private final Connection hub;
  private final String name;

  StagingTable(Connection hub, int syncId) {
    this.hub = hub;
    this.name = "staged_" + syncId;
  }

  void createEmpty() throws SQLException {
    try (Statement statement = hub.createStatement()) {
      statement.execute(
          """
          CREATE UNLOGGED TABLE IF NOT EXISTS %s (
            row_no bigint NOT NULL,
            member_key text NOT NULL,
            group_name text NOT NULL,
            digest bigint NOT NULL,
            data text NOT NULL
          )
          """
              .formatted(name));
      statement.execute("TRUNCATE " + name);
    }
  }

  void copy(Spool spool) throws IOException, SQLException {
    CopyIn copy =
        hub.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + name + " (member_key, group_name, data, digest, row_no) FROM STDIN");
    try {
      spool.writeTo(copy);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  long count() throws SQLException {
    try (Statement statement = hub.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + name)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Optional<DuplicateKey> findDuplicate() throws SQLException {
    try (PreparedStatement statement =
            hub.prepareStatement(
                """
                SELECT first.member_key, first.group_name, first.row_no,
                       (SELECT min(later.row_no)
                          FROM %1$s AS later
                         WHERE later.member_key = first.member_key
                           AND later.group_name = first.group_name
                           AND later.row_no > first.row_no)
                  FROM (SELECT member_key, group_name, min(row_no) AS row_no
                          FROM %1$s
                         GROUP BY member_key, group_name
                        HAVING count(*) > 1
                         ORDER BY min(row_no)
                         LIMIT 1) AS first
                """
                    .formatted(name));
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new DuplicateKey(
                  rows.getString(1), rows.getString(2), rows.getLong(3), rows.getLong(4)))
          : Optional.empty();
    }
  }
}
