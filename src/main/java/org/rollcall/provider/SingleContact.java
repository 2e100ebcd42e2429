package org.rollcall.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact that is sent by itself, because an import does not take it.
 *
 * @param fields the contact's fields as JSON in the hub's own words, or null to leave them alone
 * @param lists the provider's ids of lists it is added to
 */
public record SingleContact(String address, @Nullable String fields, List<String> lists) {}
