/**
 * What files of members promise.
 *
 * <p>Tests of org.rollcall.drop.
 */
@NullMarked
package org.rollcall.drop;

import org.jspecify.annotations.NullMarked;
