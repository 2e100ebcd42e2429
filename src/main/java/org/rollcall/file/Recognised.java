package org.rollcall.file;

import java.util.List;

/**
 * How a file was understood, in the words of the settings that would declare it.
 *
 * @param container {@code none}, {@code gzip} or {@code zip}
 * @param format {@code csv} (with whatever delimiter), {@code xlsx} or {@code jsonl}
 * @param charset the IANA name, or empty for workbooks
 * @param delimiter one character, or empty when the format has none
 * @param quote one character, or empty when none is used
 * @param newline {@code LF}, {@code CRLF}, {@code CR} or {@code mixed}; empty for workbooks
 * @param notes what people should know about how this was found out, one sentence each: a guess,
 *     lines skipped above the header, the sheet that was read
 */
public record Recognised(
    String container,
    String format,
    String charset,
    String delimiter,
    String quote,
    String newline,
    List<String> notes) {}
