package org.rollcall.member;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a sync says about the rows of its source.
 *
 * @param sync the name of the sync, for messages
 * @param listName the name of a group's list, with {@code ${group}} for the group
 * @param zone where a time without an offset was taken
 * @param conditions what a member has to be; whoever opted out or has no address never counts
 */
public record SyncRules(
    String sync,
    GroupSelection groups,
    Set<Membership> memberships,
    String listName,
    ZoneId zone,
    Set<Condition> conditions,
    WinnerRules winners,
    Erased erased) {
  public SyncRules {
    memberships = Set.copyOf(memberships);
    conditions = Set.copyOf(conditions);
  }

  /** With the design's rules for the rest. */
  public SyncRules(
      String sync,
      GroupSelection groups,
      Set<Membership> memberships,
      String listName,
      ZoneId zone) {
    this(
        sync,
        groups,
        memberships,
        listName,
        zone,
        EnumSet.allOf(Condition.class),
        WinnerRules.DEFAULT,
        Erased.NOBODY);
  }

  /** The group of a row that names none; empty when the list needs a group's name. */
  public String groupOfNone() {
    return listName.contains("${group}") ? "" : listName;
  }
}
