package org.rollcall.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  @Test
  void columns_are_found_whatever_their_case_and_the_rest_are_custom_fields_by_name() {
    Columns columns = Columns.of(List.of("Zip_Plus", "MEMBER_KEY", "Email", "a note"));

    assertThat(columns.index(Column.EMAIL)).isEqualTo(2);
    assertThat(columns.customFields())
        .containsExactly(
            new Columns.CustomField("a note", 3), new Columns.CustomField("zip_plus", 0));
  }

  @Test
  void missing_key_column_is_told_with_the_columns_there_are() {
    assertThatThrownBy(() -> Columns.of(List.of("ID", "email")))
        .isInstanceOf(RowException.class)
        .hasMessageStartingWith("there is no column member_key; the columns are id, email");
  }

  @Test
  void group_and_groups_together_are_refused() {
    assertThatThrownBy(() -> Columns.of(List.of("member_key", "group", "groups")))
        .hasMessageStartingWith("there is a column group and a column groups");
  }

  @Test
  void column_that_comes_twice_is_refused() {
    assertThatThrownBy(() -> Columns.of(List.of("member_key", "email", "EMAIL")))
        .hasMessageStartingWith("there are two columns named email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "T", "true", "TRUE", "yes", "Y", "1", " 1 "})
  void boolean_is_read_in_every_usual_spelling(String text) {
    assertThat(row("marketing_opt_out", text).optedOut()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "F", "false", "False", "no", "N", "0"})
  void negative_boolean_is_read_in_every_usual_spelling(String text) {
    assertThat(row("enabled", text).enabled()).isFalse();
  }

  @Test
  void absent_flags_mean_enabled_not_opted_out_and_no_login() {
    Row row = row("enabled", "");

    assertThat(row.enabled()).isTrue();
    assertThat(row.optedOut()).isFalse();
    assertThat(row.hasLogin()).isFalse();
  }

  @Test
  void other_word_for_a_boolean_is_an_error_that_names_the_column() {
    assertThatThrownBy(() -> row("enabled", "maybe").enabled())
        .hasMessageStartingWith("the column enabled holds \"maybe\" (a boolean");
    assertThatThrownBy(() -> row("enabled", "2").enabled()).isInstanceOf(RowException.class);
  }

  @Test
  void value_that_does_not_look_like_a_word_is_not_repeated() {
    assertThatThrownBy(() -> row("role", "ann@example.org").role())
        .hasMessageStartingWith("the column role holds something else")
        .hasMessageNotContaining("ann");
  }

  @Test
  void unknown_word_is_an_error_that_names_the_allowed_ones() {
    assertThatThrownBy(() -> row("role", "boss").role())
        .hasMessage(
            "the column role holds \"boss\" (one of primary_contact, billing_contact, management,"
                + " member is expected)");
    assertThatThrownBy(() -> row("kind", "robot").kind()).hasMessageContaining("person, company");
    assertThatThrownBy(() -> row("membership", "gold").membership())
        .hasMessageContaining("primary, beneficiary");
  }

  @Test
  void words_are_read_without_regard_to_case_and_have_defaults() {
    assertThat(row("role", "Billing_Contact").role()).isEqualTo(Role.BILLING_CONTACT);
    assertThat(row("kind", "COMPANY").kind()).isEqualTo(Kind.COMPANY);
    assertThat(row("membership", "Beneficiary").membership()).isEqualTo(Membership.BENEFICIARY);
    assertThat(row("role", null).role()).isEqualTo(Role.MEMBER);
    assertThat(row("membership", " ").membership()).isEqualTo(Membership.PRIMARY);
  }

  @Test
  void row_with_a_company_name_and_no_other_is_a_company() {
    assertThat(row("company_name", "Acme").kind()).isEqualTo(Kind.COMPANY);
    assertThat(row(Map.of("company_name", "Acme", "last_name", "Ash")).kind())
        .isEqualTo(Kind.PERSON);
    assertThat(row("email", "x").kind()).isEqualTo(Kind.PERSON);
  }

  @ParameterizedTest
  @CsvSource({
    ",true",
    "'',true",
    "active,true",
    "Active,true",
    "CURRENT,true",
    "a,true",
    "A,true",
    "lapsed,false",
    "inactive,false",
    "activated,false"
  })
  void status_is_active_or_anything_else(@Nullable String status, boolean active) {
    assertThat(row("status", status).active()).isEqualTo(active);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T20:05:30Z, 2026-11-21T20:05:30Z",
    "2026-11-21t20:05:30z, 2026-11-21T20:05:30Z",
    "2026-11-21 20:05:30+00, 2026-11-21T20:05:30Z",
    "2026-11-21 20:05:30.5-06, 2026-11-22T02:05:30.500Z",
    "2026-11-21 20:05:30.123456789 +05:30, 2026-11-21T14:35:30.123456789Z",
    "2026-11-21 20:05:30.1234567891+0530, 2026-11-21T14:35:30.123456789Z",
    "2026-11-21T20:05+02:00:30, 2026-11-21T18:04:30Z",
    "2026-11-21 20:05:30, 2026-11-22T02:05:30Z",
    "2026-07-21T20:05, 2026-07-22T01:05:00Z",
    "2026-11-21, 2026-11-21T06:00:00Z",
  })
  void time_is_read_with_its_offset_or_in_the_zone_of_the_sync(String text, Instant expected) {
    assertThat(row("opt_in_at", text).optInAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-02-30",
        "2026-11-21T25:00:00Z",
        "11/21/2026",
        "2026-11-21T20:05:30.Z",
        "2026-11-21T20:05:30+19",
        "2026-11-21T20:05:30+05:3",
        "2026-11-21T20:05:30Zz",
        "2025-11-21T20",
        "infinity",
        "2026-11-21X20:05:30Z",
        "2026-1-21"
      })
  void text_that_is_no_time_is_an_error_that_does_not_repeat_it(String text) {
    assertThatThrownBy(() -> row("updated_at", text).updatedAt())
        .hasMessageStartingWith("the column updated_at holds no time")
        .hasMessageNotContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1980-05-17, 1980-05-17",
    "1980-05-17 00:00:00, 1980-05-17",
    "1980-05-17T00:00:00Z, 1980-05-17",
    "05-17, 05-17",
    "--05-17, 05-17",
    "02-29, 02-29",
    "02-30, ",
    "1981-02-29, ",
    "17.5.1980, ",
    "1980, ",
    "0000000000, ",
  })
  void birthday_may_lack_its_year_and_is_left_out_when_it_is_no_date(
      String text, @Nullable String expected) {
    assertThat(row("birthday", text).birthday()).isEqualTo(expected);
  }

  @Test
  void anniversary_needs_its_year() {
    assertThat(row("anniversary", "2001-09-01").anniversary()).isEqualTo("2001-09-01");
    assertThat(row("anniversary", "09-01").anniversary()).isNull();
  }

  @Test
  void groups_are_split_trimmed_and_named_once() {
    assertThat(row("groups", " Board; Staff ;;Board;").groups()).containsExactly("Board", "Staff");
    assertThat(row("group", " Board; Staff ").groups()).containsExactly("Board; Staff");
    assertThat(row("groups", " ; ").groups()).isEmpty();
    assertThat(row("email", "x").groups()).isEmpty();
  }

  @Test
  void key_is_trimmed_and_needed_and_printable() {
    assertThat(row("member_key", " P-17 ").key()).isEqualTo("P-17");
    assertThatThrownBy(() -> row("member_key", " ").key())
        .hasMessageStartingWith("the column member_key is empty");
    assertThatThrownBy(() -> row("member_key", "P\u000017").key())
        .hasMessageStartingWith("the column member_key holds a control character");
  }

  private static Row row(String column, @Nullable String text) {
    Map<String, @Nullable String> cells = new TreeMap<>();
    cells.put(column, text);
    return row(cells);
  }

  private static Row row(Map<String, ? extends @Nullable String> given) {
    Map<String, @Nullable String> cells = new TreeMap<>(given);
    cells.putIfAbsent("member_key", "P-1");
    Row row = new Row(Columns.of(new ArrayList<>(cells.keySet())), CHICAGO);
    row.reset(cells.values().toArray(new String[0]), null);
    return row;
  }
}
