/**
 * The hub's PostgreSQL: its pool, its migrations, the embedded server, and running SQL from
 * resources.
 *
 * <p>Reads settings; used by the steps, run, account, activity and the root.
 */
@NullMarked
package org.rollcall.store;

import org.jspecify.annotations.NullMarked;
