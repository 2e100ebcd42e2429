/** The server met by hand: bytes on a socket, as those write them who mean no good. */
@NullMarked
package org.rollcall.web;

import org.jspecify.annotations.NullMarked;
