package org.rollcall.drop;

import java.util.List;

/**
 * What the columns of a file are.
 *
 * @param meanings one per column, in the order of the file; each meaning but left out comes once
 * @param problems nothing may be read while there is any
 * @param notes what people should know, one sentence each
 */
record HeadingMapping(
    List<HeadingMeaning> meanings, List<HeadingProblem> problems, List<String> notes) {}
