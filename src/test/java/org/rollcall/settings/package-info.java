/**
 * What the settings promise.
 *
 * <p>Tests of org.rollcall.settings.
 */
@NullMarked
package org.rollcall.settings;

import org.jspecify.annotations.NullMarked;
