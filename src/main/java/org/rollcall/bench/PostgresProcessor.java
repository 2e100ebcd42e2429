package org.rollcall.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The processor's time of a PostgreSQL server on Linux: the postmaster, its living processes, and
 * those that ended, whose time the postmaster has collected.
 */
final class PostgresProcessor {
  private static final int TICKS_PER_SECOND = 100;
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;

  private final String postmaster;

  private PostgresProcessor(String postmaster) {
    this.postmaster = postmaster;
  }

  /** The server of a home. */
  static PostgresProcessor of(Path home) {
    try {
      Path file = home.resolve("data/postgres/postmaster.pid");
      return new PostgresProcessor(Files.readAllLines(file).get(0).strip());
    } catch (IOException e) {
      throw new IllegalStateException("the server's process is not known", e);
    }
  }

  /** Zero where there is no /proc. */
  Duration used() {
    if (!Files.exists(Path.of("/proc", postmaster, "stat"))) {
      return Duration.ZERO;
    }
    long ticks = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        ticks += ticks(process);
      }
    } catch (IOException e) {
      throw new IllegalStateException("reading the processor's time of PostgreSQL", e);
    }
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }

  private long ticks(Path process) {
    String[] fields = fields(process);
    if (fields.length <= ENDED_SYSTEM) {
      return 0;
    }
    if (process.getFileName().toString().equals(postmaster)) {
      return number(fields, USER)
          + number(fields, SYSTEM)
          + number(fields, ENDED_USER)
          + number(fields, ENDED_SYSTEM);
    }
    return fields[PARENT].equals(postmaster) ? number(fields, USER) + number(fields, SYSTEM) : 0;
  }

  /** From the state on; none when the process has ended meanwhile. */
  private static String[] fields(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      return new String[0];
    }
  }

  private static long number(String[] fields, int index) {
    return Long.parseLong(fields[index]);
  }
}
