/**
 * What people and programs ask to be run and do not wait for, from the console, the API and JMX:
 * one queue in the database, worked on in the background of this process. Built on route; operate
 * starts and stops it.
 */
@NullMarked
package org.rollcall.demand;

import org.jspecify.annotations.NullMarked;
