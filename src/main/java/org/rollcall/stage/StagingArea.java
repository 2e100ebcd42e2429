package org.rollcall.stage;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.rollcall.member.SyncRules;

/** Where the sources of all syncs are staged: one unlogged table a sync in the hub's database. */
public final class StagingArea {
  private StagingArea() {}

  /**
   * Opens the staging of one read.
   *
   * @param folder where the rows lie until it is known whether they say anything new
   */
  public static Staging open(DataSource hub, int syncId, SyncRules rules, Path folder) {
    return new Staging(hub, syncId, rules, new Spool(folder));
  }
}
