package org.rollcall.settings;

/**
 * What a sync does when addresses change.
 *
 * @param conflicts whose address counts when both sides have changed it
 * @param maxAddressChanges the guard: a plan that changes more waits for a person
 * @param grace how long a membership outlives its member
 */
public record IdentitySettings(
    AddressConflicts conflicts, MaxRemovals maxAddressChanges, Grace grace) {}
