/**
 * Files of members: found when they are whole, taken once, mapped to the row contract, filed away.
 *
 * <p>Uses {@code file} to read them and {@code stage} to hand their rows over; {@code route} starts
 * the runs.
 */
@NullMarked
package org.rollcall.drop;

import org.jspecify.annotations.NullMarked;
