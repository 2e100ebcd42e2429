package org.rollcall.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pairing of one source with one account.
 *
 * @param members the endpoint of the route that reads the members, such as {@code
 *     direct:chamber-members}; absent when they come as files
 * @param optOuts the endpoint of the route that takes over opt-outs, absent when none does
 * @param groups names or patterns with {@code *}; which groups synchronise
 * @param memberships the membership kinds that synchronise: {@code primary}, {@code beneficiary}
 * @param listName the name of a group's list, with {@code ${group}} for the group
 * @param secondPerson whether two people have to approve a held plan
 * @param schedule a Quartz cron expression, absent when the sync only runs by hand
 * @param window the local hours in which scheduled runs may work, absent when always
 */
public record SyncSettings(
    String name,
    String account,
    @Nullable String members,
    @Nullable String optOuts,
    List<String> groups,
    Set<String> memberships,
    String listName,
    Mode mode,
    MaxRemovals maxRemovals,
    boolean secondPerson,
    IdentitySettings identity,
    @Nullable String schedule,
    ZoneId timeZone,
    @Nullable Window window,
    Rules rules,
    ActivitySettings activities) {

  /** What decides, beside the rows themselves, about them and about what is done for them. */
  public String fingerprint() {
    return String.join(
        " ",
        String.valueOf(groups),
        String.valueOf(memberships),
        listName,
        String.valueOf(timeZone),
        String.valueOf(mode),
        String.valueOf(rules));
  }
}
