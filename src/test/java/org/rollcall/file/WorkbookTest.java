package org.rollcall.file;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.file.Xlsx.lines;
import static org.rollcall.file.Xlsx.number;
import static org.rollcall.file.Xlsx.row;
import static org.rollcall.file.Xlsx.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookTest {
  private static final String HEADER = row(1, text("A1", "Key"), text("B1", "Value"));

  private static String second(String cell) {
    return row(2, text("A2", "007"), cell);
  }

  private static Object value(Xlsx workbook) {
    try (Table table = workbook.open()) {
      Object line = lines(table).get(0);
      return line instanceof java.util.List<?> cells ? cells.get(1) : line;
    }
  }

  @Test
  void texts_stay_as_they_are_with_leading_zeros_and_formulas_of_old() {
    try (Table table =
        Xlsx.of(HEADER, row(2, text("A2", "007"), text("B2", "=1+1")), row(3, text("B3", " x ")))
            .open()) {
      assertThat(table.header()).containsExactly("Key", "Value");
      assertThat(lines(table)).containsExactly(asList("007", "=1+1"), asList(null, " x "));
      assertThat(table.cut()).isEmpty();
    }
  }

  @Test
  void shared_texts_are_joined_from_their_runs_without_how_they_are_pronounced() {
    Xlsx workbook =
        Xlsx.of(HEADER, second("<c r='B2' t='s'><v>1</v></c>"))
            .shared(
                "<si><t>other</t></si>",
                "<si><r><t>Mül</t></r><r><t xml:space='preserve'>ler </t></r>"
                    + "<rPh><t>myu</t></rPh></si>");

    assertThat(value(workbook)).isEqualTo("Müller ");
  }

  @Test
  void text_in_its_cell_is_read_in_the_same_way() {
    String runs = "<is><r><t>Mül</t></r><r><t>ler</t></r><rPh><t>myu</t></rPh></is>";

    assertThat(value(Xlsx.of(HEADER, second("<c r='B2' t='inlineStr'>" + runs + "</c>"))))
        .isEqualTo("Müller");
  }

  @Test
  void escaped_characters_are_those_they_stand_for() {
    assertThat(value(Xlsx.of(HEADER, second(text("B2", "a_x000A_b_x005F_x000D_ _x00")))))
        .isEqualTo("a\nb_x000D_ _x00");
  }

  @Test
  void text_that_is_not_there_is_damage() {
    Xlsx workbook = Xlsx.of(HEADER, second("<c r='B2' t='s'><v>1</v></c>")).shared("<si/>");

    assertThatThrownBy(() -> value(workbook))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 2: the workbook is damaged");
  }

  @ParameterizedTest
  @CsvSource({
    "12345,12345",
    "12345.0,12345",
    "-3,-3",
    "1.1000000000000001,1.1",
    "0.30000000000000004,0.3",
    "1E+2,100",
    "4.5E-5,0.000045",
    "1.23456789012345E+14,123456789012345",
    "999999999999999,999999999999999",
    "-0,0",
    "1E-400,0",
    "007,7"
  })
  void numbers_are_the_shortest_exact_decimals(String raw, String text) {
    assertThat(value(Xlsx.of(HEADER, second(number("B2", raw))))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567890123456", "1.23456789012346E+15", "-1E+15", "4E300"})
  void number_with_more_digits_than_spreadsheets_keep_is_refused(String raw) {
    assertThat(value(Xlsx.of(HEADER, second(number("B2", raw)))))
        .asString()
        .startsWith("cell B2 (Value): the number has more than 15 digits")
        .contains("format the column as text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "1E999999999", "0x1p3", "12a", "1-2", "Infinity", "1d"})
  void number_that_is_none_is_refused(String raw) {
    assertThat(value(Xlsx.of(HEADER, second(number("B2", raw)))))
        .asString()
        .contains("marked as a number and holds none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "46110|dd.mm.yyyy|2026-03-29",
        "46110|[$-407]d. mmmm yyyy;@|2026-03-29",
        "46110|mmm\\-yy|2026-03-29",
        "46110.572916666664|yyyy-mm-dd hh:mm|2026-03-29T13:45",
        "46110.573032407409|m/d/yy h:mm|2026-03-29T13:45:10",
        "46110.9999999999|yyyy-mm-dd|2026-03-30",
        "0.57291666666666663|h:mm AM/PM|13:45",
        "46110.572916666664|h:mm|2026-03-29T13:45",
        "1.1041666666666667|[h]:mm|26:30",
        "1|yyyy-mm-dd|1900-01-01",
        "59|yyyy-mm-dd|1900-02-28",
        "61|yyyy-mm-dd|1900-03-01",
        "2958465|yyyy-mm-dd|9999-12-31",
        "2134|00000|02134",
        "21341234|00000-0000|02134-1234",
        "21341234|00000\\-0000|02134-1234",
        "123456|00000|123456",
        "0.25|0%|0.25",
        "1234.5|#,##0.00 \"Stück\"|1234.5",
        "1234|[Red]0;[Blue]-0|1234",
        "1234|0.00E+00|1234",
        "1234|General \"days\"|1234",
        "1234|_-* #,##0 [$€-407]_-|1234"
      })
  void numbers_are_read_by_their_format(String raw, String format, String text) {
    assertThat(value(Xlsx.of(HEADER, second(number("B2", raw, 1))).formats(format)))
        .isEqualTo(text);
  }

  @Test
  void days_may_count_from_1904() {
    Xlsx workbook =
        Xlsx.of(HEADER, second(number("B2", "44648", 1)))
            .formats("yyyy-mm-dd")
            .properties("<workbookPr date1904='1'/>");

    assertThat(value(workbook)).isEqualTo("2026-03-29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "60", "0", "2958466", "1E9"})
  void date_that_never_was_is_refused(String raw) {
    assertThat(value(Xlsx.of(HEADER, second(number("B2", raw, 1))).formats("yyyy-mm-dd")))
        .asString()
        .contains("holds a number that is none");
  }

  @Test
  void flags_dates_and_blank_texts_have_their_words() {
    try (Table table =
        Xlsx.of(
                HEADER,
                row(2, "<c r='A2' t='b'><v>1</v></c>", "<c r='B2' t='b'><v>0</v></c>"),
                row(3, "<c r='A3' t='d'><v>2026-03-29T00:00:00</v></c>", text("B3", " ")))
            .open()) {
      assertThat(lines(table)).containsExactly(asList("true", "false"), asList("2026-03-29", null));
    }
  }

  @Test
  void computed_value_of_a_formula_is_taken() {
    assertThat(value(Xlsx.of(HEADER, second("<c r='B2' t='str'><f>A2</f><v>x</v></c>"))))
        .isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f>1+1</f>", "<f>1+1</f><v/>", "<f t='shared' si='0'/>"})
  void formula_without_a_computed_value_is_refused(String cell) {
    assertThat(value(Xlsx.of(HEADER, second("<c r='B2'>" + cell + "</c>"))))
        .asString()
        .startsWith("cell B2 (Value): the formula has no computed value");
  }

  @Test
  void formulas_that_wait_for_being_computed_are_told() {
    try (Table table =
        Xlsx.of(HEADER, second("<c r='B2'><f>1+1</f><v>0</v></c>"))
            .properties("<calcPr fullCalcOnLoad='1'/>")
            .open()) {
      lines(table);

      assertThat(table.recognised().notes())
          .anyMatch(note -> note.contains("the values of 1 formula may be old"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"#N/A", "#REF!", "#NAME?"})
  void error_cell_refuses_its_line_and_names_the_column(String error) {
    try (Table table =
        Xlsx.of(
                HEADER,
                second("<c r='B2' t='e'><v>" + error + "</v></c>"),
                row(3, text("A3", "8"), text("B3", "fine")))
            .open()) {
      Line line = table.next();

      assertThat(line).isInstanceOf(Line.Refused.class);
      Line.Refused refused = (Line.Refused) line;
      assertThat(refused.number()).isEqualTo(2);
      assertThat(refused.column()).isEqualTo(2);
      assertThat(refused.value()).isEqualTo(error);
      assertThat(refused.reason()).contains("cell B2 (Value): the cell shows an error");
      assertThat(lines(table)).containsExactly(asList("8", "fine"));
    }
  }

  @Test
  void rows_above_the_header_and_blank_rows_are_left_out_and_rows_keep_their_numbers() {
    try (Table table =
        Xlsx.of(
                row(1, text("A1", "Our members")),
                row(2),
                row(4, text("A4", "Key"), text("B4", " Value ")),
                row(5, text("A5", " ")),
                row(9, text("A9", "1")))
            .open()) {
      assertThat(table.header()).containsExactly("Key", "Value");
      Line line = table.next();
      assertThat(line == null ? 0 : line.number()).isEqualTo(9);
      assertThat(table.next()).isNull();
      assertThat(table.recognised().notes())
          .containsExactly("The header is in row 4; one row above it was left out.");
    }
  }

  @Test
  void table_of_a_single_column_is_one_too() {
    try (Table table =
        Xlsx.of(row(1, text("A1", "Key")), row(2, text("A2", "1")), row(3, text("A3", "2")))
            .open()) {
      assertThat(table.header()).containsExactly("Key");
      assertThat(lines(table)).containsExactly(asList("1"), asList("2"));
    }
  }

  @Test
  void hidden_rows_and_columns_are_read_and_told() {
    String sheet =
        "<worksheet><cols><col min='2' max='2' hidden='1'/></cols><sheetData>"
            + HEADER
            + "<row r='2' hidden='1'>"
            + text("A2", "1")
            + "</row>"
            + "<row r='3' hidden='true'>"
            + text("A3", "2")
            + "</row></sheetData></worksheet>";
    try (Table table = new Xlsx().rawSheet("Members", "", sheet).open()) {
      assertThat(lines(table)).containsExactly(asList("1", null), asList("2", null));
      assertThat(table.recognised().notes())
          .containsExactly(
              "2 rows are hidden or filtered out; they were read all the same.",
              "Hidden columns were read all the same: B.");
    }
  }

  @Test
  void values_beside_the_table_are_left_out_and_told() {
    try (Table table =
        Xlsx.of(
                HEADER,
                row(2, text("A2", "1"), text("D2", "call her")),
                row(3, text("D3", "alone")))
            .open()) {
      assertThat(lines(table)).containsExactly(asList("1", null));
      assertThat(table.recognised().notes())
          .containsExactly(
              "2 values beside the table, where there is no heading (column D), were left out.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A2:A3", "B3:C3", "A1:B1", "A1:A2"})
  void merged_cells_in_the_table_refuse_the_file(String range) {
    try (Table table = merged(range).open()) {
      assertThatThrownBy(() -> lines(table))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("merged cells lie in the table: " + range)
          .hasMessageContaining("split them");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"D1:D9", "A7:B9"})
  void merged_cells_elsewhere_are_nobodys_business(String range) {
    try (Table table = merged(range).open()) {
      assertThat(lines(table)).hasSize(2);
    }
  }

  private static Xlsx merged(String range) {
    return new Xlsx()
        .rawSheet(
            "Members",
            "",
            "<worksheet><sheetData>"
                + HEADER
                + second("")
                + row(3, text("A3", "8"))
                + "</sheetData><mergeCells><mergeCell ref='"
                + range
                + "'/></mergeCells></worksheet>");
  }

  @Test
  void only_sheet_with_content_is_found_and_told() {
    try (Table table =
        new Xlsx()
            .sheet("Empty", "", "<row r='1'><c r='A1' s='1'/></row>")
            .sheet("People", "", HEADER + second(text("B2", "x")))
            .sheet("Lists", "hidden", HEADER)
            .open()) {
      assertThat(lines(table)).hasSize(1);
      assertThat(table.recognised().notes())
          .containsExactly(
              "The sheet \"People\" was read.", "Hidden sheets were left out: \"Lists\".");
    }
  }

  @Test
  void several_sheets_with_content_are_named_with_the_setting_that_chooses() {
    Xlsx workbook = new Xlsx().sheet("One", "", HEADER).sheet("Two", "", HEADER);

    assertThatThrownBy(workbook::open)
        .hasMessage(
            "several sheets hold something: \"One\", \"Two\" (write the name of the one with the"
                + " members to sheet, or delete the others)");
  }

  @Test
  void declared_sheet_is_taken_whatever_else_there_is() {
    try (Table table =
        new Xlsx()
            .sheet("One", "", HEADER)
            .sheet("Two", "hidden", row(1, text("A1", "x"), text("B1", "y")))
            .open("two ")) {
      assertThat(table.header()).containsExactly("x", "y");
    }
    assertThatThrownBy(() -> Xlsx.of(HEADER).open("Three"))
        .hasMessageContaining("there is no sheet \"Three\" (the sheets are \"Members\"");
  }

  @Test
  void empty_workbook_and_empty_sheet_are_told_apart_from_a_table() {
    assertThatThrownBy(() -> Xlsx.of().open()).hasMessageContaining("the workbook is empty");
    assertThatThrownBy(() -> Xlsx.of().open("Members")).hasMessageContaining("sheet is empty");
    try (Table table = Xlsx.of(HEADER).open()) {
      assertThat(table.next()).isNull();
    }
  }

  @Test
  void cells_without_references_stand_one_after_the_other() {
    String bare = "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>";
    try (Table table = Xlsx.of(bare, bare).open()) {
      assertThat(table.header()).containsExactly("a", "b");
      assertThat(lines(table)).containsExactly(asList("a", "b"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openpyxl", "xlsxwriter"})
  void workbooks_of_other_programs_are_read(String program) throws IOException {
    Path file = Path.of("src/test/resources/workbooks", program + ".xlsx");
    try (Table table =
        Workbook.open(Files.newByteChannel(file), Declared.NOTHING, Limits.DEFAULT)) {
      assertThat(lines(table).toString())
          .isEqualTo(
              program.equals("openpyxl")
                  ? "[cell I4 (Total): the formula has no computed value; open the workbook with a"
                      + " spreadsheet program, let it compute, and save it, [18, ben@example.org,"
                      + " 00501, 1999-12-31, 2026-03-29T13:45:10, false, 12345, 0.5, null]]"
                  : "[[0042, 00501, 2026-03-29T13:45, 13:45, 2, Äbç 😀], cell A3 (Key): the number"
                      + " has more than 15 digits, and spreadsheet programs put zeros for the"
                      + " others; format the column as text before the values are put in, cell B4"
                      + " (Zip): the cell shows an error instead of a value; correct its formula,"
                      + " or put the value in]");
    }
  }
}
