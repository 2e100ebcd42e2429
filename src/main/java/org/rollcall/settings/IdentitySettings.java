package org.rollcall.settings;

import org.jspecify.annotations.Nullable;

/**
 * How a sync keeps to the people behind the contacts.
 *
 * @param conflicts whose address counts when both sides have changed it
 * @param changes the endpoint of the route that hears of addresses changed at the provider, absent
 *     when none does
 * @param maxAddressChanges the guard: a plan that changes more waits for a person
 * @param grace how long a membership outlives its member
 * @param reconcile how often a scheduled run reads everything back
 */
public record IdentitySettings(
    AddressConflicts conflicts,
    @Nullable String changes,
    MaxRemovals maxAddressChanges,
    Grace grace,
    Reconcile reconcile) {}
