/**
 * Why a member is on a list or not: every decision in order, in the words staff see.
 *
 * <p>Reads what stage, resolve, plan, deliver and verify have left behind; changes nothing.
 */
@NullMarked
package org.rollcall.explain;

import org.jspecify.annotations.NullMarked;
