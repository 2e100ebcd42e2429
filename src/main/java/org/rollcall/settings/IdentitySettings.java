package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

/**
 * What a sync does when addresses change.
 *
 * @param conflicts whose address counts when both sides have changed it
 * @param changes the endpoint of the route that hears of addresses changed at the provider, absent
 *     when none does
 * @param maxAddressChanges the guard: a plan that changes more waits for a person
 * @param grace how long a membership outlives its member
 */
public record IdentitySettings(
    AddressConflicts conflicts,
    @Nullable String changes,
    MaxRemovals maxAddressChanges,
    Grace grace) {}
