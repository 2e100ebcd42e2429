/** The API over real HTTP, every answer held against the contract. */
@NullMarked
package org.rollcall.api;

import org.jspecify.annotations.NullMarked;
