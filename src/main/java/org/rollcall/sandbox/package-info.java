/**
 * The stand-in provider: Constant Contact's V3 interface as strict as the real one, on the
 * loopback.
 *
 * <p>Knows no other package of this project, so that the client cannot agree with it by accident.
 */
@NullMarked
package org.rollcall.sandbox;

import org.jspecify.annotations.NullMarked;
