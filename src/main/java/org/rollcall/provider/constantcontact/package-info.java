/**
 * Constant Contact V3: its wire format and the meaning of its answers.
 *
 * <p>Called by the routes under routes/providers/constantcontact; knows no step.
 */
@NullMarked
package org.rollcall.provider.constantcontact;

import org.jspecify.annotations.NullMarked;
