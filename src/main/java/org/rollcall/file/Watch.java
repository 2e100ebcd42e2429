package org.rollcall.file;

import java.time.Duration;

/**
 * Sees to it that reading comes to an end: a deadline for the whole, and a limit on what may be
 * read without anything to show for it.
 */
final class Watch {
  private static final int FRUITLESS = 1 << 20;

  private final Duration time;
  private final long began = System.nanoTime();
  private long fruitless;

  Watch(Duration time) {
    this.time = time;
  }

  /** Takes note of packed bytes that were read. */
  void read(int bytes) {
    look();
    fruitless += bytes;
    if (fruitless > FRUITLESS) {
      throw new FileException(
          0, "more than a megabyte of the packed file unpacks to nothing", "pack it again", null);
    }
  }

  /** Takes note that something came of what was read. */
  void gained() {
    look();
    fruitless = 0;
  }

  private void look() {
    if (System.nanoTime() - began > time.toNanos()) {
      throw new FileException(
          0,
          "the file was not read to its end within " + time.toSeconds() + " seconds",
          "split it",
          null);
    }
  }
}
