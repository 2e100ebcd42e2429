package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private static final String FIRST = "{\"id\":1,\"name\":\"Ann\",\"groups\":[\"A\",\"B\"]}\n";

  @Test
  void the_keys_of_the_first_line_are_the_header() {
    Reading read =
        Reading.of(
            FIRST
                + "\n{\"groups\":[],\"id\":1.50,\"name\":null}\r\n"
                + "{\"id\":true}\n{\"id\":12345678901234567890,\"name\":\"\\u00e9\\n\\\"\"}");

    assertThat(read.header()).containsExactly("id", "name", "groups");
    assertThat(read.cells())
        .containsExactly(
            List.of("1", "Ann", "A;B"),
            Arrays.asList("1.50", null, null),
            Arrays.asList("true", null, null),
            Arrays.asList("12345678901234567890", "\u00e9\n\"", null));
    assertThat(read.rows()).extracting(Reading.Row::number).containsExactly(1L, 3L, 4L, 5L);
    assertThat(read.recognised())
        .isEqualTo(new Recognised("none", "jsonl", "UTF-8", "", "", "mixed", List.of()));
    assertThat(read.cut()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":2,\"other\":3}",
        "{\"id\":2,\"id\":3}",
        "{\"id\":{\"a\":1}}",
        "{\"groups\":[1]}",
        "{\"groups\":[[\"a\"]]}",
        "{\"groups\":[\"a;b\"]}",
        "{\"id\":2} {\"id\":3}",
        "[1]",
        "7",
        "{\"id\":",
        "{\"id\":2,}",
        "{id:2}",
        "nonsense",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"\\ud800\"}"
      })
  void a_line_that_is_no_flat_object_with_known_keys_is_refused(String line) {
    Reading read = Reading.of(FIRST + line + "\n{\"id\":9}\n");

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.cells()).last().isEqualTo(Arrays.asList("9", null, null));
    assertThat(read.cut()).isEmpty();
  }

  @Test
  void undecodable_bytes_refuse_their_line() {
    byte[] file =
        (FIRST + "{\"name\":\"J\u00fcrgen \u00df\"}\n{\"name\":\"?\"}\n")
            .getBytes(StandardCharsets.UTF_8);
    file[file.length - 4] = (byte) 0xE9;

    Reading read = Reading.of(file);

    assertThat(read.refusedLines()).containsExactly(3L);
    assertThat(read.refused().get(0).reason())
        .contains("byte E9")
        .contains("byte " + (file.length - 3));
  }

  @Test
  void a_last_line_that_breaks_off_means_the_file_is_cut() {
    Reading read = Reading.of(FIRST + "{\"id\":2,\"na");

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.cut()).isPresent();
  }

  @Test
  void a_first_line_that_is_no_object_stops_the_file() {
    assertThatThrownBy(() -> Reading.of("{\n  \"id\": 1\n}\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void long_lines_and_texts_are_refused_and_the_next_are_read() {
    String longText = "{\"id\":\"" + "x".repeat(200_000) + "\"}\n";
    String longLine = "{\"id\":\"" + "x".repeat(2_000_000) + "\"}\r\n";

    Reading read = Reading.of(FIRST + longText + longLine + "{\"id\":4}\n");

    assertThat(read.refusedLines()).containsExactly(2L, 3L);
    assertThat(read.rows()).extracting(Reading.Row::number).containsExactly(1L, 4L);
  }
}
