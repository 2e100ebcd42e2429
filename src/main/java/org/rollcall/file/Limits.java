package org.rollcall.file;

import java.time.Duration;

/**
 * What a file may ask of the hub; each is checked while reading, so that going beyond costs no more
 * than the limit itself.
 *
 * @param bytes of the file once unpacked
 * @param ratio how many times its packed size a file may unpack to, beyond the first ten megabytes
 * @param columns of the header
 * @param cellChars of one cell; a line may have eight times as many
 * @param time for reading the whole file
 */
public record Limits(long bytes, int ratio, int columns, int cellChars, Duration time) {
  public static final Limits DEFAULT =
      new Limits(4L << 30, 200, 1_000, 100_000, Duration.ofMinutes(30));
}
