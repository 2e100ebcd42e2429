/**
 * Step five: the plan leaves in few provider calls, each durable before it is sent.
 *
 * <p>Follows guard; calls only the operations of provider.
 */
@NullMarked
package org.rollcall.deliver;

import org.jspecify.annotations.NullMarked;
