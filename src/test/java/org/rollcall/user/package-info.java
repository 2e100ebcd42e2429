/** Who may sign in, tried by those who may not. */
@NullMarked
package org.rollcall.user;

import org.jspecify.annotations.NullMarked;
