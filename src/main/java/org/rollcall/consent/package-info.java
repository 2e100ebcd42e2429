/**
 * The consent ledger: who opted out and who came back, shown to people and handed to integrators.
 *
 * <p>Filled by verify, which reads the provider, and by deliver, which asks people to come back.
 */
@NullMarked
package org.rollcall.consent;

import org.jspecify.annotations.NullMarked;
