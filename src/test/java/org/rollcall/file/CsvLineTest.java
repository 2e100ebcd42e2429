package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+49 30 1234",
        "-2",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "'=1",
        "''+1",
        "=HYPERLINK(\"http://x\")"
      })
  void what_a_spreadsheet_would_run_is_defused_and_comes_back_equal(String formula) {
    String cell = CsvLine.cell(formula);

    assertThat(cell.startsWith("\"") ? cell.substring(1) : cell).startsWith("'");
    String read =
        cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
    assertThat(CsvLine.undefused(read)).isEqualTo(formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ann", "O'Neil", "'quoted'", "a=b", "ann@x.example", "'"})
  void anything_else_stays_as_it_is(String text) {
    assertThat(CsvLine.cell(text)).isEqualTo(text);
    assertThat(CsvLine.undefused(text)).isEqualTo(text);
  }
}
