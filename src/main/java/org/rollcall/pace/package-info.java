/** Rate and day budgets, provider verdicts and the clock; plain Java.
 *
 * <p>Used by account, provider and deliver.
 */
@NullMarked
package org.rollcall.pace;

import org.jspecify.annotations.NullMarked;
