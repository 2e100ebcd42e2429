package org.rollcall.file;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What is known about a file beforehand; whatever is empty is found out.
 *
 * @param format {@code csv}, {@code xlsx} or {@code jsonl}
 * @param sheet the name of the sheet of a workbook; else the only one with anything on it
 */
public record Declared(
    Optional<String> format,
    Optional<Charset> charset,
    Optional<Character> delimiter,
    Optional<Character> quote,
    Optional<String> sheet) {
  public static final Declared NOTHING =
      new Declared(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
