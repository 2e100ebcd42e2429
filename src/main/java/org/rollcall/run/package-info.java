/**
 * Runs, leases and fencing, dead letters.
 *
 * <p>Used by the steps and by the commands.
 */
@NullMarked
package org.rollcall.run;

import org.jspecify.annotations.NullMarked;
