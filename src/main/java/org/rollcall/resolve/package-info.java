/**
 * Step two: from staged rows to the wanted state, one winner per address.
 *
 * <p>Follows stage, precedes plan; all set work is SQL.
 */
@NullMarked
package org.rollcall.resolve;

import org.jspecify.annotations.NullMarked;
