/**
 * The web server: sessions, forms, roles and headers for every page, and the pages' templates.
 * Knows {@code user} and nothing of what the pages show; {@code console} and {@code api} bring
 * them.
 */
@NullMarked
package org.rollcall.web;

import org.jspecify.annotations.NullMarked;
