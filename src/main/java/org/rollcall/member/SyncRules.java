package org.rollcall.member;

import java.time.ZoneId;
import java.util.Set;

/**
 * What a sync says about the rows of its source.
 *
 * @param sync the name of the sync, for messages
 * @param listName the name of a group's list, with {@code ${group}} for the group
 * @param zone where a time without an offset was taken
 */
public record SyncRules(
    String sync, GroupSelection groups, Set<Membership> memberships, String listName, ZoneId zone) {
  public SyncRules {
    memberships = Set.copyOf(memberships);
  }

  /** The group of a row that names none; empty when the list needs a group's name. */
  public String groupOfNone() {
    return listName.contains("${group}") ? "" : listName;
  }
}
