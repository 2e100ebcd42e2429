/**
 * The pages for membership staff. Each class answers for one part of the console: it reads through
 * the same services as the command line and gives a view to its template under {@code
 * src/main/jte}.
 */
@NullMarked
package org.rollcall.console;

import org.jspecify.annotations.NullMarked;
