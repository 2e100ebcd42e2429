/**
 * Builds every object and starts Camel with the beans that routes name.
 *
 * <p>On top of every package but the commands.
 */
@NullMarked
package org.rollcall.hub;

import org.jspecify.annotations.NullMarked;
