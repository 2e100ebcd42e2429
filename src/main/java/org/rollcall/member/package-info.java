/**
 * Plain values and rules about members: the source row, its e-mail address, who may be on a list
 * and who wins an address.
 *
 * <p>Depends on nothing but the rule libraries; used by stage, resolve and the console.
 */
@NullMarked
package org.rollcall.member;

import org.jspecify.annotations.NullMarked;
