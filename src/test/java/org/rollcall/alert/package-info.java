/** Messages to staff, over real connections to mail servers that behave and that do not. */
@NullMarked
package org.rollcall.alert;

import org.jspecify.annotations.NullMarked;
