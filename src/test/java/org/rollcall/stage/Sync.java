package org.rollcall.stage;

import java.time.ZoneId;
import java.util.EnumSet;
import org.rollcall.member.GroupSelection;
import org.rollcall.member.Membership;
import org.rollcall.member.SyncRules;

/** The rules of a sync as most tests want them: everything synchronises. */
final class Sync {
  static final SyncRules EVERYTHING = rules("*", "${group}");

  private Sync() {}

  static SyncRules rules(String groups, String listName) {
    return new SyncRules(
        "chamber",
        GroupSelection.of(groups),
        EnumSet.allOf(Membership.class),
        listName,
        ZoneId.of("America/Chicago"));
  }
}
