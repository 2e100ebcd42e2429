package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows F5, F7, F8 and F9 of the failures: dialects, newlines, quotes and widths. */
class CsvTest {
  @Test
  void a_plain_file_is_read_cell_by_cell() {
    Reading read = Reading.of("id,name,city\n1,Ann,Oslo\n2,,\"Port, Old\"\n");

    assertThat(read.header()).containsExactly("id", "name", "city");
    assertThat(read.cells())
        .containsExactly(List.of("1", "Ann", "Oslo"), Arrays.asList("2", null, "Port, Old"));
    assertThat(read.recognised())
        .isEqualTo(new Recognised("none", "csv", "UTF-8", ",", "\"", "LF", List.of()));
    assertThat(read.cut()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t', '|'})
  void delimiters_are_found(char delimiter) {
    String text = "id,name,share\n1,\"a;b|c\td,e\",x\n2,y,z\n".replace(',', delimiter);

    Reading read = Reading.of(text);

    assertThat(read.recognised().delimiter()).isEqualTo(String.valueOf(delimiter));
    assertThat(read.header()).hasSize(3);
    assertThat(read.rows()).hasSize(2);
  }

  @Test
  void a_decimal_comma_does_not_hide_the_semicolon() {
    Reading read = Reading.of("id;share\n1;2,5\n2;3,5\n3;4,5\n");

    assertThat(read.header()).containsExactly("id", "share");
    assertThat(read.cells()).contains(List.of("1", "2,5"));
  }

  @Test
  void groups_separated_by_semicolons_do_not_hide_the_comma() {
    Reading read = Reading.of("key,groups\n1,a;b\n2,c;d\n3,e;f\n");

    assertThat(read.cells()).contains(List.of("1", "a;b"));
  }

  @ParameterizedTest
  @CsvSource({"'\n',LF", "'\r\n',CRLF", "'\r',CR"})
  void newlines_are_found(String newline, String name) {
    Reading read =
        Reading.of(String.join(newline, "id,note", "1,\"two" + newline + "lines\"", "2,x", ""));

    assertThat(read.recognised().newline()).isEqualTo(name);
    assertThat(read.cells())
        .containsExactly(List.of("1", "two" + newline + "lines"), List.of("2", "x"));
    assertThat(read.rows()).extracting(Reading.Row::number).containsExactly(2L, 4L);
  }

  @Test
  void newlines_may_be_mixed() {
    Reading read = Reading.of("id,note\r\n1,a\n2,b\r3,c\r\n\r\n4,d");

    assertThat(read.recognised().newline()).isEqualTo("mixed");
    assertThat(read.rows()).extracting(Reading.Row::number).containsExactly(2L, 3L, 4L, 6L);
  }

  @Test
  void rows_of_another_width_are_refused_with_their_line() {
    Reading read = Reading.of("id,name,city\n1,a,b\n2,a\n3,a,b,c\n4,a,b\n");

    assertThat(read.refusedLines()).containsExactly(3L, 4L);
    assertThat(read.refused().get(0).reason()).contains("2 cells").contains("3");
    assertThat(read.refused().get(0).value()).isEqualTo("2,a");
    assertThat(read.rows()).extracting(Reading.Row::number).containsExactly(2L, 5L);
    assertThat(read.cut()).isEmpty();
  }

  @Test
  void empty_cells_beyond_the_header_are_no_trouble() {
    Reading read = Reading.of("id,name,\n1,a,\n2,b\n3,c,,,\n4,d,x\n");

    assertThat(read.header()).containsExactly("id", "name");
    assertThat(read.rows()).hasSize(3);
    assertThat(read.refusedLines()).containsExactly(5L);
    assertThat(read.recognised().notes()).anyMatch(note -> note.contains("without a name"));
  }

  @Test
  void blank_lines_are_skipped_and_counted() {
    Reading read = Reading.of("\n\nid,name\n\n1,a\n , \n,\n   \n2,b\n");

    assertThat(read.rows()).extracting(Reading.Row::number).containsExactly(5L, 9L);
    assertThat(read.refused()).isEmpty();
  }

  @Test
  void quotes_may_be_doubled_or_escaped() {
    assertThat(Reading.of("id,name\n1,\"Joe \"\"Big\"\" Fox\"\n").cells())
        .containsExactly(List.of("1", "Joe \"Big\" Fox"));
    assertThat(Reading.of("id,name\n1,\"Joe \\\"Big\\\", Fox \\\\\"\n").cells())
        .containsExactly(List.of("1", "Joe \"Big\", Fox \\"));
  }

  @Test
  void quotes_may_be_single_if_they_are_so_throughout() {
    assertThat(Reading.of("'id','name'\n'1','Fox, Joe'\n'2','it''s'\n").cells())
        .containsExactly(List.of("1", "Fox, Joe"), List.of("2", "it's"));
    assertThat(Reading.of("id,name\n1,'t Hooft\n2,O'Neill\n3,'00123\n").cells())
        .containsExactly(List.of("1", "'t Hooft"), List.of("2", "O'Neill"), List.of("3", "'00123"));
  }

  @Test
  void spaces_around_quotes_are_left_out_and_others_kept() {
    assertThat(Reading.of("id,name\n1 , \"a, b\" \n").cells())
        .containsExactly(List.of("1 ", "a, b"));
  }

  @Test
  void quotes_within_a_plain_cell_are_letters() {
    assertThat(Reading.of("id,name\n1,5\" pipe\n2,Joe \"Big\" Fox\n").cells())
        .containsExactly(List.of("1", "5\" pipe"), List.of("2", "Joe \"Big\" Fox"));
  }

  @Test
  void the_line_for_excel_names_the_delimiter() {
    Reading read = Reading.of("sep=;\r\nid;name\r\n1;a,b\r\n");

    assertThat(read.header()).containsExactly("id", "name");
    assertThat(read.rows()).containsExactly(new Reading.Row(3, List.of("1", "a,b")));
  }

  @Test
  void text_after_a_closing_quote_refuses_its_line_only() {
    Reading read = Reading.of("id,name\n1,\"Joe \"Big\" Fox\"\n2,\"b\"\n3,c\n");

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.cells()).containsExactly(List.of("2", "b"), List.of("3", "c"));
  }

  @Test
  void a_stray_quote_does_not_swallow_the_rest_of_the_file() {
    StringBuilder text = new StringBuilder("id,name,city,note\n1,\"stray,x,y\n");
    for (int i = 2; i < 1_000; i++) {
      text.append(i).append(",a,b,c\n");
    }

    Reading read = Reading.of(text.toString());

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.rows()).hasSize(998);
  }

  @Test
  void two_stray_quotes_do_not_hide_the_rows_between_them() {
    Reading read = Reading.of("a,b,c,d\n1,\"x,y,z\n2,x,y,z\n3,x,y\",y,z\n5,x,y,z\n");

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.rows()).containsExactly(new Reading.Row(5, List.of("5", "x", "y", "z")));
  }

  @Test
  void the_rest_of_a_broken_cell_is_not_taken_for_a_row() {
    Reading read = Reading.of("a,b,c\n1,\"a \"b\"\nc, d \"e\"\",x\n2,b,c\n");

    assertThat(read.refusedLines()).containsExactly(2L, 3L);
    assertThat(read.cells()).containsExactly(List.of("2", "b", "c"));
  }

  @Test
  void cells_that_are_too_long_refuse_their_line() {
    String longCell = "x".repeat(100_001);

    Reading read = Reading.of("a,b\n1," + longCell + "\n2,\"" + longCell + "\"\n3,c\n");

    assertThat(read.refusedLines()).containsExactly(2L, 3L);
    assertThat(read.refused().get(0).value()).hasSize(200);
    assertThat(read.rows()).hasSize(1);
  }

  @Test
  void a_quote_that_is_not_closed_means_the_file_is_cut() {
    Reading read = Reading.of("id,name\n1,a\n2,\"b\n3,c\n");

    assertThat(read.rows()).hasSize(1);
    assertThat(read.refusedLines()).containsExactly(3L);
    assertThat(read.cut()).hasValueSatisfying(why -> assertThat(why).contains("quote"));
  }

  @Test
  void a_last_line_with_too_few_cells_means_the_file_is_cut() {
    Reading read = Reading.of("id,name,city\n1,a,b\n2,c");

    assertThat(read.refusedLines()).containsExactly(3L);
    assertThat(read.cut()).isPresent();
  }

  @Test
  void control_characters_refuse_their_row() {
    Reading read = Reading.of("id,name\n1,a\0b\n2,c\u0007\n3,\u009b31m\n4,\"a\tb\nc\"\n");

    assertThat(read.refusedLines()).containsExactly(2L, 3L, 4L);
    assertThat(read.refused().get(0))
        .isEqualTo(
            new Line.Refused(
                2, 2, "aU+0000b", "the cell holds the control character U+0000; take it out"));
    assertThat(read.rows()).hasSize(1);
  }

  @Test
  void titles_above_the_header_are_skipped_and_told() {
    Reading read = Reading.of("Members of the Harbour Club\n\nid,name,city\n1,a,b\n2,c,d\n");

    assertThat(read.header()).containsExactly("id", "name", "city");
    assertThat(read.recognised().notes()).containsExactly("Skipped 1 line above the header.");
    assertThat(Reading.of("Members,,\n# a,b\nid,name,city\n1,a,b\n").header())
        .containsExactly("id", "name", "city");
  }

  @Test
  void titles_are_not_skipped_when_it_is_unclear_what_follows() {
    assertThatThrownBy(() -> Reading.of("Members\n1,a,b\n2,c,d\n3,e,f\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("header");
  }

  @Test
  void a_file_of_addresses_only_has_no_header() {
    assertThatThrownBy(() -> Reading.of("ann@example.org\nbob@example.org\n"))
        .isInstanceOf(FileException.class)
        .hasMessageNotContaining("ann")
        .hasMessageContaining("names of the columns");
  }

  @Test
  void one_column_is_enough() {
    Reading read = Reading.of("member_key\n1\n2\n\n3\n");

    assertThat(read.header()).containsExactly("member_key");
    assertThat(read.rows()).hasSize(3);
    assertThat(read.recognised().delimiter()).isEmpty();
  }

  @Test
  void a_repeated_header_is_no_member() {
    Reading read = Reading.of("id,name\n1,a\nid,name\n2,b\n");

    assertThat(read.refusedLines()).containsExactly(3L);
  }

  @Test
  void a_header_with_fewer_columns_than_all_lines_is_refused_at_once() {
    assertThatThrownBy(() -> Reading.of("id,name\n1,Fox,Joe\n2,Roe,Ann\n3,Poe,Tim\n"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("2 columns");
  }

  @Test
  void empty_files_are_refused_and_a_header_alone_is_not() {
    assertThatThrownBy(() -> Reading.of("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> Reading.of("\n \n")).hasMessageContaining("empty");
    assertThat(Reading.of("id,name\n").rows()).isEmpty();
  }

  @Test
  void what_is_declared_is_not_guessed() {
    Declared declared =
        new Declared(
            Optional.of("csv"),
            Optional.of(StandardCharsets.ISO_8859_1),
            Optional.of(':'),
            Optional.of('~'),
            Optional.empty());

    Reading read =
        Reading.of(
            "id:n\u00e4me\n1:~a:b~\n".getBytes(StandardCharsets.ISO_8859_1),
            declared,
            Limits.DEFAULT);

    assertThat(read.header()).containsExactly("id", "n\u00e4me");
    assertThat(read.cells()).containsExactly(List.of("1", "a:b"));
  }

  @Test
  void cells_stay_as_they_are_written() {
    assertThat(Reading.of("id,a,b,c\n007,1E+11,#N/A,01.02.03\n").cells())
        .containsExactly(List.of("007", "1E+11", "#N/A", "01.02.03"));
  }
}
