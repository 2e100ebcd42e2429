/**
 * Hands what the hub learnt to routes of the integrator's, at least once and under lasting ids.
 *
 * <p>The routes of the package route drive it; what is handed over comes from consent and verify.
 */
@NullMarked
package org.rollcall.handover;

import org.jspecify.annotations.NullMarked;
