/**
 * The operations every provider offers, and their results per record.
 *
 * <p>Used by plan, deliver and verify; implemented by one package per provider.
 */
@NullMarked
package org.rollcall.provider;

import org.jspecify.annotations.NullMarked;
