/**
 * The first step: streams the rows of a source into a staging table of the hub, chunk by chunk.
 *
 * <p>Applies the rules of member; resolve reads what is staged.
 */
@NullMarked
package org.rollcall.stage;

import org.jspecify.annotations.NullMarked;
