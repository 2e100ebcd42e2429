package org.rollcall.drop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.CsvLine;
import org.rollcall.file.Line;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a file that were refused: all of them in a report, the first few at hand. The report
 * is a CSV with line number, column, value and reason; formulas in it are defused (ASVS 1.2.10).
 */
final class RefusedRows implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedRows.class);
  private static final int AT_HAND = 20;

  private final @Nullable Path report;
  private final List<Line.Refused> first = new ArrayList<>();
  private long count;
  private @Nullable Writer writer;

  /**
   * @param report where to write, or null when nobody keeps it
   */
  RefusedRows(@Nullable Path report) {
    this.report = report;
  }

  void add(Line.Refused row) {
    count++;
    if (first.size() < AT_HAND) {
      first.add(row);
    }
    if (report != null) {
      write(report, row);
    }
  }

  private void write(Path to, Line.Refused row) {
    try {
      if (writer == null) {
        Path folder = to.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        writer = Files.newBufferedWriter(to, StandardCharsets.UTF_8);
        writer.write(CsvLine.of("line", "column", "value", "reason"));
      }
      writer.write(
          CsvLine.of(
              Long.toString(row.number()),
              row.column() == 0 ? "" : Integer.toString(row.column()),
              row.value(),
              row.reason()));
    } catch (IOException e) {
      throw new UncheckedIOException("the report of refused rows cannot be written", e);
    }
  }

  long count() {
    return count;
  }

  List<Line.Refused> first() {
    return List.copyOf(first);
  }

  /**
   * To be called behind the last row, before anything is done with the others.
   *
   * @throws UncheckedIOException when the report cannot be written to its end
   */
  void finish() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the report of refused rows cannot be written", e);
    }
  }

  /** Of a reading that failed, the report may end anywhere. */
  @Override
  public void close() {
    try {
      finish();
    } catch (UncheckedIOException e) {
      LOG.warn("{}", e.getMessage(), e);
    }
  }
}
