/**
 * Step three: the difference between the wanted and the last known state, and what it costs.
 *
 * <p>Follows resolve, precedes guard.
 */
@NullMarked
package org.rollcall.plan;

import org.jspecify.annotations.NullMarked;
