/**
 * Rate and day budgets, the one place that calls providers, and the verdicts on their answers.
 *
 * <p>Used by account, provider and deliver; knows no provider, and sleeps for everybody.
 */
@NullMarked
package org.rollcall.pace;

import org.jspecify.annotations.NullMarked;
