/**
 * The thin Camel glue between route files and steps.
 *
 * <p>Knows Camel and the steps; the steps do not know it.
 */
@NullMarked
package org.rollcall.route;

import org.jspecify.annotations.NullMarked;
