/**
 * Step four: a plan that would remove too much waits for a person.
 *
 * <p>Plain rules; follows plan, precedes deliver.
 */
@NullMarked
package org.rollcall.guard;

import org.jspecify.annotations.NullMarked;
