/** Signing in through a provider that may lie. */
@NullMarked
package org.rollcall.oidc;

import org.jspecify.annotations.NullMarked;
