/** Tests of the running service. */
@NullMarked
package org.rollcall.operate;

import org.jspecify.annotations.NullMarked;
