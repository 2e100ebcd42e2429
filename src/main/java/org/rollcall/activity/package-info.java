/**
 * What contacts did with campaigns: read from the provider's reports at the least cost, kept once,
 * linked to members.
 *
 * <p>Asks the provider's operations; knows no provider by name, and no routes.
 */
@NullMarked
package org.rollcall.activity;

import org.jspecify.annotations.NullMarked;
