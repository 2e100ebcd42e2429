/**
 * A whole hub with its source and its provider in one place, and what must hold of the three.
 *
 * <p>Used by the tests of all packages; uses the hub as its commands do, and no step of it.
 */
@NullMarked
package org.rollcall.harness;

import org.jspecify.annotations.NullMarked;
