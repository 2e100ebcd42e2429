/** Starts Camel, builds every object, binds the beans that routes name. */
@NullMarked
package org.rollcall;

import org.jspecify.annotations.NullMarked;
