/**
 * Member databases made up for demonstrations and measurements, each in a home of its own.
 *
 * <p>Stands on store; used by demo and bench only.
 */
@NullMarked
package org.rollcall.sample;

import org.jspecify.annotations.NullMarked;
