/**
 * The hub's database: the server, its pool, its migrations, and running statements.
 *
 * <p>Used by every step; knows none of them.
 */
@NullMarked
package org.rollcall.store;

import org.jspecify.annotations.NullMarked;
