/**
 * Finds members and tells who they are, for pages and machines. Reads the tables that {@code
 * resolve} and {@code deliver} fill, and changes nothing.
 */
@NullMarked
package org.rollcall.directory;

import org.jspecify.annotations.NullMarked;
