/**
 * The JSON that people's scripts and other programs rely on, the same on the command line and over
 * HTTP. Knows the values of the steps, and neither commands nor pages.
 */
@NullMarked
package org.rollcall.contract;

import org.jspecify.annotations.NullMarked;
