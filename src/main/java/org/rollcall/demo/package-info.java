/**
 * The whole main job shown on embedded parts: a made-up association, the stand-in provider, a day
 * of changes on both sides, and what came of it.
 *
 * <p>Drives hub and sandbox from outside; called by cli alone.
 */
@NullMarked
package org.rollcall.demo;

import org.jspecify.annotations.NullMarked;
