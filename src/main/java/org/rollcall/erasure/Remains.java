package org.rollcall.erasure;

/**
 * A contact that stays at the provider, for the hub never deletes one.
 *
 * @param lists their names, separated by commas
 */
public record Remains(
    String account, String contactId, String address, String permission, String lists) {}
