/**
 * Memberships that staff make by hand in the hub, beside the source's groups, and the families and
 * companies whose members they are about.
 *
 * <p>Only the ledger is changed here; resolve takes it over with the next run. The command line and
 * the console use it.
 */
@NullMarked
package org.rollcall.handmade;

import org.jspecify.annotations.NullMarked;
