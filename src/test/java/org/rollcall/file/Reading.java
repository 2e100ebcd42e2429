package org.rollcall.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * What came of reading a file.
 *
 * @param rows the cells of the lines that were taken
 */
record Reading(
    Recognised recognised,
    List<String> header,
    List<Row> rows,
    List<Line.Refused> refused,
    Optional<String> cut) {
  record Row(long number, List<String> cells) {}

  static Reading of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Reading of(String text, Charset charset) {
    return of(text.getBytes(charset));
  }

  static Reading of(byte[] file) {
    return of(file, Declared.NOTHING, Limits.DEFAULT);
  }

  static Reading of(byte[] file, Declared declared, Limits limits) {
    try (Table table = open(file, declared, limits)) {
      List<Row> rows = new ArrayList<>();
      List<Line.Refused> refused = new ArrayList<>();
      for (Line line = table.next(); line != null; line = table.next()) {
        if (line instanceof Line.Cells taken) {
          rows.add(new Row(taken.number(), Arrays.asList(taken.cells().clone())));
        } else if (line instanceof Line.Refused one) {
          refused.add(one);
        }
      }
      return new Reading(table.recognised(), table.header(), rows, refused, table.cut());
    }
  }

  static Table open(byte[] file, Declared declared, Limits limits) {
    return TableFile.open(new SeekableInMemoryByteChannel(file), declared, limits);
  }

  List<List<String>> cells() {
    return rows.stream().map(Row::cells).toList();
  }

  List<Long> refusedLines() {
    return refused.stream().map(Line.Refused::number).toList();
  }
}
