/**
 * Measures the hub: every figure beside that of a bare read of the same rows in the same run.
 *
 * <p>Drives hub and sandbox as processes of their own; called by cli alone.
 */
@NullMarked
package org.rollcall.bench;

import org.jspecify.annotations.NullMarked;
