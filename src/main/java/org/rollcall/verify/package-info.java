/**
 * Step six: what the provider really holds is read back and compared.
 *
 * <p>Used before a plan and after a delivery.
 */
@NullMarked
package org.rollcall.verify;

import org.jspecify.annotations.NullMarked;
