/**
 * Which groups synchronise: what the setting says, and what staff chose for single groups over it.
 *
 * <p>The source and the steps ask it for the selection; the command line and the console change it.
 */
@NullMarked
package org.rollcall.choice;

import org.jspecify.annotations.NullMarked;
