package org.rollcall.settings;

import java.util.List;
import java.util.Set;

/**
 * Who counts, who wins a shared address, and what a contact of several people is called; in the
 * words of the settings.
 *
 * @param winnerOrder by what members who share an address are compared, the first word first
 * @param winnerRoles all roles, the one that wins first
 * @param eligible what a member has to be, beside having a valid address and no opt-out
 * @param namedPeople how many people a combined name names at most
 * @param silence what becomes of those who open nothing
 */
public record Rules(
    List<String> winnerOrder,
    List<String> winnerRoles,
    Set<String> eligible,
    SharedName sharedName,
    int namedPeople,
    Silence silence) {}
