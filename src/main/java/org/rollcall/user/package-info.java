/**
 * People who may use the console: roles, passwords, sessions, links that are good once, and the
 * audit of what they did. Knows {@code store} and nothing of HTTP or pages.
 */
@NullMarked
package org.rollcall.user;

import org.jspecify.annotations.NullMarked;
