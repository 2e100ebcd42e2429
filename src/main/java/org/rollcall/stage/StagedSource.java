package org.rollcall.stage;

import java.util.List;

/**
 * A source read to its end.
 *
 * @param readCount rows the source gave
 * @param stagedCount rows in the staging table, one per member and group; whoever reads the table
 *     compares it with count(*), for PostgreSQL empties unlogged tables when it recovers from a
 *     crash
 * @param fingerprintHigh with the low half, a fingerprint of the staged rows in any order: equal
 *     for equal multisets, different for others as surely as 128 bits can tell
 * @param columns names in lower case as the source gave them
 */
public record StagedSource(
    long readCount,
    long stagedCount,
    long fingerprintHigh,
    long fingerprintLow,
    List<String> columns) {}
