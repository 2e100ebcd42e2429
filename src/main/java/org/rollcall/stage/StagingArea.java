package org.rollcall.stage;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.rollcall.member.SyncRules;

/** Where the sources of all syncs are staged: one unlogged table a sync in the hub's database. */
public final class StagingArea {
  private StagingArea() {}

  /**
   * Opens the staging of one read; what an earlier read left is gone. Takes one connection of the
   * hub until it is closed.
   */
  public static Staging open(DataSource hub, int syncId, SyncRules rules) {
    try {
      return open(hub.getConnection(), syncId, rules);
    } catch (SQLException e) {
      throw Staging.hubTrouble(rules.sync(), e);
    }
  }

  private static Staging open(Connection hub, int syncId, SyncRules rules) throws SQLException {
    try {
      hub.setAutoCommit(true);
      StagingTable table = new StagingTable(hub, syncId);
      table.createEmpty();
      return new Staging(hub, table, rules);
    } catch (SQLException e) {
      hub.close();
      throw e;
    }
  }
}
