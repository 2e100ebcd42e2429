/**
 * Runs that people ask for and do not wait for: from the console and the API, in the background of
 * this process. Built on route; operate starts and stops it.
 */
@NullMarked
package org.rollcall.demand;

import org.jspecify.annotations.NullMarked;
