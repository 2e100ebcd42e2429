/**
 * The running service: when syncs run by themselves, how they stop, and how it says that it is
 * well.
 *
 * <p>On top of hub; the commands start it.
 */
@NullMarked
package org.rollcall.operate;

import org.jspecify.annotations.NullMarked;
