/**
 * Reads the tables that people and programs export: text in whatever encoding and dialect,
 * workbooks and JSON Lines, packed or not, within limits.
 *
 * <p>Knows files and texts only. What the columns mean and what becomes of the rows is decided by
 * {@code drop}.
 */
@NullMarked
package org.rollcall.file;

import org.jspecify.annotations.NullMarked;
