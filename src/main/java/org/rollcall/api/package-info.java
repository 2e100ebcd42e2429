/**
 * The API for programs, under {@code /api/v1}; its contract is {@code api/openapi.yaml}. Each class
 * answers for one part of it through the same services as the console and the command line.
 */
@NullMarked
package org.rollcall.api;

import org.jspecify.annotations.NullMarked;
