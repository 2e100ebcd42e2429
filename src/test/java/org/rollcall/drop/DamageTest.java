package org.rollcall.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.drop.DamageRules.DateOrder;
import org.rollcall.file.FileException;
import org.rollcall.file.Line;
import org.rollcall.file.Recognised;
import org.rollcall.file.Table;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;
import org.rollcall.member.Row;

class DamageTest {
  private static final String SETTING = "rollcall.drops.chamber.";

  private static Damage damage(@Nullable DateOrder order, Column... columns) {
    return by(new DamageRules(SETTING, order, null), columns);
  }

  private static Damage by(DamageRules rules, Column... columns) {
    List<DamageColumn> read = new ArrayList<>();
    for (Column column : columns) {
      read.add(
          new DamageColumn(read.size() + 3, column.name() + " heading", HeadingMeaning.of(column)));
    }
    return new Damage(read, rules);
  }

  /** The cell as it is handed on, or the reason why its row is refused. */
  private static @Nullable String outcome(Damage damage, @Nullable String cell) {
    @Nullable String[] cells = {cell};
    Line.Refused refused = damage.check(7, cells);
    return refused == null ? cells[0] : refused.reason();
  }

  @Test
  void refused_row_has_line_column_value_and_reason() {
    Line.Refused refused =
        damage(null, Column.MEMBER_KEY)
            .check(7, new String[] {" 1.23E+11\u0001 ".replace("\u0001", "")});

    assertThat(refused)
        .isEqualTo(
            new Line.Refused(
                7,
                3,
                "1.23E+11",
                "the column \"MEMBER_KEY heading\" holds a number in scientific notation, whose last"
                    + " digits are lost; format the column as text before the values are put in"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+11", "1,23E+05", "1.23457E+15", "-4.5e+10", "1.5E7", "2E-05"})
  void scientific_notation_is_refused_in_keys_telephones_and_postal_codes(String text) {
    for (Column column :
        List.of(Column.MEMBER_KEY, Column.PARENT_KEY, Column.PHONE, Column.POSTAL_CODE)) {
      assertThat(outcome(damage(null, column), text)).contains("scientific notation");
    }
    assertThat(outcome(damage(null, Column.LAST_NAME), text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12E5", "00123", "A-1.0", "1234", "E+11", "1234.5", "12-34"})
  void keys_that_only_look_unusual_stay(String text) {
    assertThat(outcome(damage(null, Column.MEMBER_KEY), text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234.0", "1234,00"})
  void key_as_a_fraction_is_refused(String text) {
    assertThat(outcome(damage(null, Column.MEMBER_KEY), text)).contains("a key as a fraction");
    assertThat(outcome(damage(null, Column.STREET), text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#N/A",
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NV",
        "########",
        "NULL",
        "(null)",
        "\\N",
        "NaN",
        " #N/A "
      })
  void errors_and_words_for_nothing_are_refused_in_every_column(String text) {
    assertThat(outcome(damage(null, Column.LAST_NAME), text))
        .startsWith("the column \"LAST_NAME heading\" ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Null", "#1 Main Street", "N/A", "Nan", "#hash"})
  void names_and_streets_that_resemble_them_stay(String text) {
    assertThat(outcome(damage(null, Column.LAST_NAME), text)).isEqualTo(text);
  }

  @Test
  void control_characters_are_refused_and_line_breaks_and_tabs_stay() {
    assertThat(outcome(damage(null, Column.CITY), "Ber\u0000lin")).contains("as character 4");
    assertThat(outcome(damage(null, Column.CITY), "Berlin\u0081")).contains("as character 7");
    assertThat(outcome(damage(null, Column.STREET), "a\r\nb\tc")).isEqualTo("a\r\nb\tc");
  }

  @Test
  void wrongly_decoded_text_is_counted_and_told() {
    Damage damage = damage(null, Column.LAST_NAME);

    for (String text : List.of("MÃ¼ller", "Müller", "Ã‰mile", "Â£5", "donâ€™t", "Ãgata", "São")) {
      assertThat(outcome(damage, text)).isEqualTo(text);
    }
    assertThat(damage.notes()).singleElement().asString().startsWith("4 values look like text");
  }

  @Test
  void lost_characters_are_told_and_refused_in_keys_and_addresses() {
    Damage damage = damage(null, Column.LAST_NAME);

    assertThat(outcome(damage, "M\ufffdller")).isEqualTo("M\ufffdller");
    assertThat(damage.notes()).singleElement().asString().startsWith("1 value holds signs for");
    assertThat(outcome(damage(null, Column.EMAIL), "m\ufffd@example.org")).contains("lost");
  }

  @Test
  void keys_that_may_have_lost_zeros_are_told_and_a_pattern_refuses_them() {
    Damage damage = damage(null, Column.MEMBER_KEY);
    Damage strict =
        by(new DamageRules(SETTING, null, Pattern.compile("\\d{5}")), Column.MEMBER_KEY);
    for (int i = 0; i < 30; i++) {
      outcome(damage, Integer.toString(i == 3 ? 501 : 10_000 + i));
    }

    assertThat(damage.notes())
        .containsExactly(
            "Most keys have 5 digits, and 1 has fewer: if they should begin with zeros, these are"
                + " lost; rollcall.drops.chamber.key-pattern=\\d{5} would refuse them.");
    assertThat(outcome(strict, "501")).contains("does not look like \\d{5}");
    assertThat(outcome(strict, "00501")).isEqualTo("00501");
  }

  @Test
  void keys_with_zeros_or_letters_say_nothing_about_lost_ones() {
    Damage damage = damage(null, Column.MEMBER_KEY);
    for (int i = 0; i < 30; i++) {
      outcome(damage, i == 3 ? "501" : i == 4 ? "00017" : Integer.toString(10_000 + i));
    }

    assertThat(damage.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-29|2026-03-29",
        "2026-03-29 13:45:00+02|2026-03-29 13:45:00+02",
        "03-29|03-29",
        "--03-29|--03-29",
        "2026/3/9|2026-03-09",
        "20260329|2026-03-29",
        "29.03.2026|2026-03-29",
        "3/29/2026|2026-03-29",
        "29/03/2026 9:05 PM|2026-03-29T21:05",
        "3/29/2026, 12:30:15 am|2026-03-29T00:30:15",
        "29 Mar 2026|2026-03-29",
        "29-Mar-2026|2026-03-29",
        "29. März 2026|2026-03-29",
        "March 29, 2026|2026-03-29",
        "29 août 2026|2026-08-29",
        "5/5/2026|2026-05-05",
        "29.03.|03-29",
        "3/29|03-29",
        "1985|1985",
        "unknown|unknown"
      })
  void dates_that_can_be_read_one_way_only_become_iso(String text, String iso) {
    assertThat(outcome(damage(null, Column.BIRTHDAY), text)).isEqualTo(iso);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "45000|as spreadsheet programs count days",
        "45000.5|as spreadsheet programs count days",
        "3/4/26|two digits for the year",
        "31.02.2026|never was",
        "31/31/2026|never was"
      })
  void dates_that_have_lost_something_are_refused(String text, String why) {
    assertThat(outcome(damage(null, Column.ANNIVERSARY), text)).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DAY_FIRST|03/04/2026|2026-04-03",
        "MONTH_FIRST|03/04/2026|2026-03-04",
        "DAY_FIRST|03-04|04-03",
        "ISO|2026-04-03|2026-04-03"
      })
  void declared_order_wins(DateOrder order, String text, String iso) {
    assertThat(outcome(damage(order, Column.BIRTHDAY), text)).isEqualTo(iso);
  }

  @Test
  void date_against_the_declared_order_is_refused() {
    assertThat(outcome(damage(DateOrder.DAY_FIRST, Column.BIRTHDAY), "03/29/2026"))
        .contains("not written day-first");
    assertThat(outcome(damage(DateOrder.ISO, Column.BIRTHDAY), "29/03/2026"))
        .contains("not written as 2026-03-29");
  }

  @Test
  void dates_that_nothing_tells_apart_stop_the_file_with_the_setting_to_write() {
    assertThatThrownBy(() -> outcome(damage(null, Column.BIRTHDAY), "03/04/2026"))
        .isInstanceOf(FileException.class)
        .hasMessage(
            "line 7: the column \"BIRTHDAY heading\" holds dates whose day and month cannot be told"
                + " apart, and no other date shows which comes first (write"
                + " rollcall.drops.chamber.dates=day-first or month-first)");
  }

  @Test
  void one_clear_date_further_down_tells_how_the_others_are_meant() {
    Damage damage = damage(null, Column.MEMBER_KEY, Column.BIRTHDAY);
    Table table =
        DamageAhead.of(
            new Rows(
                new Line.Cells(2, new String[] {"1", "x", "03/04/2026"}),
                new Line.Refused(3, 1, "", "odd"),
                new Line.Cells(4, new String[] {"2", "x", "29/03/2026"})),
            damage,
            new int[] {0, 2});

    Line first = table.next();
    assertThat(first).isInstanceOf(Line.Cells.class);
    String[] cells = {"1", "03/04/2026"};
    assertThat(damage.check(2, cells)).isNull();
    assertThat(cells).containsExactly("1", "2026-04-03");
    assertThat(table.next()).isInstanceOf(Line.Refused.class);
    assertThat(table.next()).isInstanceOf(Line.Cells.class);
    assertThat(table.next()).isNull();
    assertThat(damage.notes()).contains("Dates were found to be written day-first.");
  }

  @Test
  void file_that_writes_dates_in_two_orders_is_refused() {
    Damage damage = damage(null, Column.BIRTHDAY);
    damage.learn(2, new String[] {"29/03/2026"});

    assertThatThrownBy(() -> damage.learn(3, new String[] {"03/29/2026"}))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("month-first, and dates before it are day-first");
  }

  @ParameterizedTest
  @CsvSource({
    "MARKETING_OPT_OUT,Ja,true",
    "MARKETING_OPT_OUT,Oui,true",
    "MARKETING_OPT_OUT,X,true",
    "MARKETING_OPT_OUT,Nein,false",
    "MARKETING_OPT_OUT,Opted-Out,true",
    "MARKETING_OPT_OUT,subscribed,false",
    "MARKETING_OPT_OUT,Yes,Yes",
    "ENABLED,Inactive,false",
    "STATUS,Aktiv,active",
    "STATUS,Lapsed,Lapsed",
    "KIND,Individual,person",
    "KIND,Organization,company",
    "ROLE,Primary Contact,primary_contact",
    "MEMBERSHIP,Dependent,beneficiary",
    "CITY,Ja,Ja"
  })
  void usual_words_become_those_of_the_contract(Column column, String word, String contract) {
    assertThat(outcome(damage(null, column), word)).isEqualTo(contract);
  }

  @Test
  void words_of_the_table_are_words_that_rows_accept() {
    DamageWords.entries()
        .forEach(
            (name, words) -> {
              String column = name.equals("flag") ? "enabled" : name;
              words.values().forEach(word -> assertAccepted(column, word));
            });
  }

  private static void assertAccepted(String column, String word) {
    Row row = new Row(Columns.of(List.of("member_key", column)), java.time.ZoneOffset.UTC);
    row.reset(new String[] {"1", word}, null);

    assertThat(
            switch (column) {
              case "enabled" -> row.enabled() == word.equals("true");
              case "marketing_opt_out" -> row.optedOut() == word.equals("true");
              case "status" -> row.active();
              case "kind" -> row.kind().name().equalsIgnoreCase(word);
              case "role" -> row.role().name().equalsIgnoreCase(word);
              case "membership" -> row.membership().name().equalsIgnoreCase(word);
              default -> false;
            })
        .as(column + " " + word)
        .isTrue();
  }

  @Test
  void statuses_that_count_as_inactive_are_told() {
    Damage damage = damage(null, Column.STATUS);
    List.of("Active", "Lapsed", "Good standing", "A", "17").forEach(word -> outcome(damage, word));

    assertThat(damage.notes())
        .containsExactly(
            "Members with these words as their status count as inactive: Good standing, Lapsed.");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"yes,false", "Nein,true", "0,true", "'',true", "NIL,true", "maybe,maybe"},
      nullValues = "NIL")
  void opposite_of_an_opt_in_is_an_opt_out_and_silence_is_no_consent(
      @Nullable String word, String optOut) {
    Damage damage =
        new Damage(
            List.of(
                new DamageColumn(
                    1, "Opt-in", new HeadingMeaning.Contract(Column.MARKETING_OPT_OUT, true))),
            new DamageRules(SETTING, null, null));

    assertThat(outcome(damage, word)).isEqualTo(optOut);
  }

  /** Lines from memory. */
  private static final class Rows implements Table {
    private final List<Line> lines;
    private int at;

    Rows(Line... lines) {
      this.lines = List.of(lines);
    }

    @Override
    public Recognised recognised() {
      return new Recognised("none", "csv", "", "", "", "", List.of());
    }

    @Override
    public List<String> header() {
      return List.of("a", "b", "c");
    }

    @Override
    public @Nullable Line next() {
      return at < lines.size() ? lines.get(at++) : null;
    }

    @Override
    public Optional<String> cut() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
