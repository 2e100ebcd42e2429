package org.rollcall.plan;

import java.util.List;

/**
 * Contacts of a plan that need the same lists.
 *
 * @param lists lists to be added to, ascending; empty when only fields changed
 * @param standing lists the contacts are on already, for those whose fields alone changed
 * @param count how many contacts
 * @param wholeBytes their rows with all fields
 * @param bareBytes their rows with the address alone
 */
record Combination(
    List<Integer> lists, List<Integer> standing, long count, long wholeBytes, long bareBytes) {}
