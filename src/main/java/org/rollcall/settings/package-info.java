/**
 * The rollcall. keys as records with units, ranges and descriptions, and what is wrong with them.
 *
 * <p>Read by every package; depends on none.
 */
@NullMarked
package org.rollcall.settings;

import org.jspecify.annotations.NullMarked;
