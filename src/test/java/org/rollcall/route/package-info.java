/**
 * What the check of route files promises.
 *
 * <p>Tests of org.rollcall.route.
 */
@NullMarked
package org.rollcall.route;

import org.jspecify.annotations.NullMarked;
