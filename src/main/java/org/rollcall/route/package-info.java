/**
 * The thin Camel glue: which route files are in force, and what is wrong with them.
 *
 * <p>Uses settings; used by cli and the root package.
 */
@NullMarked
package org.rollcall.route;

import org.jspecify.annotations.NullMarked;
