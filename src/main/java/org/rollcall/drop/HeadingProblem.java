package org.rollcall.drop;

/**
 * Why a file's columns cannot be mapped.
 *
 * @param what names the columns, never a value
 * @param remedy what would be right
 */
record HeadingProblem(String what, String remedy) {}
