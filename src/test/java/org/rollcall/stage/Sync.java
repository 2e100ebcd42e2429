package org.rollcall.stage;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import org.rollcall.member.GroupSelection;
import org.rollcall.member.Membership;
import org.rollcall.member.SyncRules;

/** The rules of a sync as most tests want them: everything synchronises. */
final class Sync {
  static final SyncRules EVERYTHING = rules("*", "${group}");

  private Sync() {}

  static Staging staging(int syncId, SyncRules rules) {
    return StagingArea.open(
        Postgres.database(), syncId, rules, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Ends a reading and loads it, as a run does when the source says something new. */
  static StagedSource loaded(Staging staging) {
    StagedSource staged = staging.complete();
    staging.load();
    return staged;
  }

  static SyncRules rules(String groups, String listName) {
    return new SyncRules(
        "chamber",
        GroupSelection.of(groups),
        EnumSet.allOf(Membership.class),
        listName,
        ZoneId.of("America/Chicago"));
  }
}
