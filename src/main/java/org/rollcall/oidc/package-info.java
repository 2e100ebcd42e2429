/**
 * People for whom an OpenID provider vouches: the code flow with PKCE, and what is checked before
 * anybody is let in. Knows {@code user}, {@code settings} and {@code store}, and nothing of pages.
 */
@NullMarked
package org.rollcall.oidc;

import org.jspecify.annotations.NullMarked;
