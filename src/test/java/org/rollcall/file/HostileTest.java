package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row F10 of the failures: whatever the size, little memory and a clear refusal. */
class HostileTest {
  private static final long GIGABYTE = 1L << 30;
  private static final long PART = GIGABYTE / 8;

  /** What reading may allocate in all: windows and buffers, nothing that grows with the file. */
  private static final long LITTLE = 48L << 20;

  @Test
  void a_line_of_a_gigabyte_is_refused_and_the_next_is_read() {
    List<Line> lines = read(new Repeated("id,name\n1,a\n2,", "x", GIGABYTE, "\n3,c\n"));

    assertThat(lines).extracting(Line::number).containsExactly(2L, 3L, 4L);
    assertThat(lines.get(1)).isInstanceOf(Line.Refused.class);
    assertThat(lines.get(2)).isInstanceOf(Line.Cells.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", ",", "a,", "\"\"", " ", "\\", "\0", "\u00c3", "\u00c3\u00bc", "'", "\t"})
  void a_long_line_of_anything_is_refused_and_the_next_is_read(String what) {
    for (String start : List.of("2,", "\"2\",\"")) {
      List<Line> lines = read(new Repeated("id,name\n1,a\n" + start, what, PART, "\r\n3,c\n"));

      assertThat(lines).extracting(Line::number).contains(2L, 4L);
      assertThat(lines).filteredOn(Line.Cells.class::isInstance).hasSize(2);
    }
  }

  @Test
  void a_json_line_without_end_is_refused_and_the_next_is_read() {
    List<Line> lines = read(new Repeated("{\"id\":1}\n{\"id\":\"", "x", PART, "\"}\n{\"id\":3}\n"));

    assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"", "x,", "a\tb", "{", "{\"a\":", "{\"a\":[", "\u00c3\u00bc"})
  void a_header_without_end_stops_the_file(String what) {
    assertThatThrownBy(() -> read(new Repeated(what, what, PART, "")))
        .isInstanceOf(FileException.class);
  }

  @Test
  void a_million_columns_are_refused() {
    StringBuilder header = new StringBuilder("c0");
    for (int i = 1; i < 1_000_000; i++) {
      header.append(",c").append(i);
    }
    assertThatThrownBy(() -> Reading.of(header + "\n1\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> Reading.of(header.substring(0, 20_000) + "\n1\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("more than 1000");
  }

  @Test
  void a_row_of_a_million_cells_is_refused_and_the_next_is_read() {
    Reading read = Reading.of("id,name\n1" + ",x".repeat(300_000) + "\n2,b\n");

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.refused().get(0).reason()).contains("300001 cells");
    assertThat(read.rows()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", ",\n", " \r\n"})
  void nothing_but_blank_lines_comes_to_an_end(String blank) {
    assertThat(read(new Repeated("id,name\n1,a\n", blank, PART / 4, "2,b\n"))).hasSize(2);
  }

  @Test
  void quotes_that_open_on_every_line_do_not_make_reading_slow() {
    long began = System.nanoTime();

    read(new Repeated("id,name\n", "1,\"a\n" + "2,b\n".repeat(150), PART / 4, ""));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void a_file_beyond_the_limit_is_refused_at_once() {
    assertThatThrownBy(() -> read(new Repeated("id,name\n", "1,a\n", 10 * GIGABYTE, "")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("bytes");
  }

  @Test
  void reading_ends_with_its_time() {
    Limits hurried = new Limits(2 * GIGABYTE, 200, 10, 100, Duration.ofMillis(50));
    assertThatThrownBy(
            () -> {
              try (Table table =
                  TableFile.open(
                      new Repeated("id,name\n", "1,a\n", GIGABYTE, ""),
                      Declared.NOTHING,
                      hurried)) {
                while (table.next() != null) {
                  // on to the end
                }
              }
            })
        .isInstanceOf(FileException.class)
        .hasMessageContaining("within");
  }

  @Test
  void the_file_is_closed_with_the_table_and_when_it_is_refused() {
    Repeated good = new Repeated("id,name\n", "1,a\n", 100_000, "");
    Repeated bad = new Repeated("%PDF-1.7", "1,a\n", 100_000, "");

    TableFile.open(good, Declared.NOTHING, Limits.DEFAULT).close();
    assertThatThrownBy(() -> TableFile.open(bad, Declared.NOTHING, Limits.DEFAULT));

    assertThat(good.isOpen()).isFalse();
    assertThat(bad.isOpen()).isFalse();
  }

  private static List<Line> read(SeekableByteChannel file) {
    long before = allocated();
    long count = 0;
    List<Line> lines = new ArrayList<>();
    try (Table table = TableFile.open(file, Declared.NOTHING, Limits.DEFAULT)) {
      for (Line line = table.next(); line != null; line = table.next()) {
        if (count++ < 100) {
          lines.add(line);
        }
      }
    }
    if (count < 100) {
      assertThat(allocated() - before).as("bytes allocated").isLessThan(LITTLE);
    }
    return lines;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
