/** The program: its entry, and nothing else. */
@NullMarked
package org.rollcall;

import org.jspecify.annotations.NullMarked;
