/**
 * The connected provider accounts: their tokens, encrypted at rest, and how they are connected.
 *
 * <p>Gives pace its access tokens; used by the command line, console and root.
 */
@NullMarked
package org.rollcall.account;

import org.jspecify.annotations.NullMarked;
