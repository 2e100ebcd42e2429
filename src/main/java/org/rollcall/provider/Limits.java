package org.rollcall.provider;

/**
 * What one call may carry.
 *
 * @param importBytes bytes of an import's body
 * @param importRows contacts in an import
 * @param importLists lists one import may add to
 * @param importAddress characters of an address in an import
 * @param address characters of an address of a contact sent by itself
 * @param contactLists lists a contact may be on
 * @param customFields custom fields of a contact
 * @param removeContacts contacts in a removal
 * @param removeLists lists in a removal
 * @param pageSize contacts on a page
 */
public record Limits(
    int importBytes,
    int importRows,
    int importLists,
    int importAddress,
    int address,
    int contactLists,
    int customFields,
    int removeContacts,
    int removeLists,
    int pageSize) {}
