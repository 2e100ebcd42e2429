/**
 * Erasing one person everywhere in the hub, keeping them away afterwards, and lifting that again.
 *
 * <p>Called by commands; asked by route and verify for whom they must not take up.
 */
@NullMarked
package org.rollcall.erasure;

import org.jspecify.annotations.NullMarked;
