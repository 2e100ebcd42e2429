/**
 * The commands.
 *
 * <p>On top of everything.
 */
@NullMarked
package org.rollcall.cli;

import org.jspecify.annotations.NullMarked;
