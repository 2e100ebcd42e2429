package org.rollcall.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.member.SyncRules;

class StagingTest {
  private static final int SYNC = 72;
  private static final String FULL_ROW =
      """
      SELECT 'P-1' AS member_key, 'person' AS kind, ' Ann@Example.org ' AS email,
             'Ann' AS first_name, 'ASH' AS last_name, 'Acme' AS company_name,
             'Chair' AS job_title, '+1 312' AS phone, '1 Main St' AS street, 'Chicago' AS city,
             'IL' AS state, '60601' AS postal_code, 'US' AS country,
             date '1980-05-17' AS birthday, date '2001-09-01' AS anniversary,
             'Board' AS "group", 'primary' AS membership, true AS enabled, 'active' AS status,
             false AS marketing_opt_out,
             timestamp with time zone '2026-11-21 14:00:00-06' AS opt_in_at,
             'web form' AS opt_in_source, 'management' AS role, 'C-1' AS parent_key,
             true AS has_login,
             timestamp with time zone '2026-11-21 14:00:00-06' AS updated_at,
             12.50 AS fee, 'x' AS "Ä""q"
      """;
  private static final String FULL_DOCUMENT =
      """
      {"a":"ann@example.org","e":"Ann@Example.org","k":3,"l":true,"s":"ash\\u0001ann",\
      "p":"C-1","n":"Ann ASH","o":"2026-11-21T20:00:00Z","os":"web form","c":{\
      "first_name":"Ann","last_name":"ASH","company_name":"Acme","job_title":"Chair",\
      "phone":"+1 312","street":"1 Main St","city":"Chicago","state":"IL",\
      "postal_code":"60601","country":"US","birthday":"1980-05-17",\
      "anniversary":"2001-09-01","cf:fee":"12.50","cf:ä\\"q":"x"}}\
      """;

  @Test
  void full_row_of_postgresql_becomes_one_document() throws Exception {
    assertThat(fromPostgres(FULL_ROW).readCount()).isEqualTo(1);

    assertThat(staged("data")).containsExactly(FULL_DOCUMENT);
    assertThat(staged("member_key || '|' || group_name || '|' || row_no"))
        .containsExactly("P-1|Board|1");
  }

  @Test
  void full_row_of_another_database_becomes_the_same_document_and_fingerprint() throws Exception {
    StagedSource postgres = fromPostgres(FULL_ROW);
    StagedSource h2 = fromH2(FULL_ROW);

    assertThat(staged("data")).containsExactly(FULL_DOCUMENT);
    assertThat(h2)
        .isEqualTo(
            new StagedSource(
                1, 1, postgres.fingerprintHigh(), postgres.fingerprintLow(), h2.columns()));
  }

  @Test
  void full_row_of_a_route_becomes_the_same_document() throws Exception {
    Map<String, Object> row = new LinkedHashMap<>();
    try (Connection connection = Postgres.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(FULL_ROW)) {
      rows.next();
      for (int i = rows.getMetaData().getColumnCount(); i >= 1; i--) {
        row.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
      }
    }

    fromMaps(List.of(row));

    assertThat(staged("data")).containsExactly(FULL_DOCUMENT);
  }

  @Test
  void member_without_an_address_keeps_its_reason_and_leaves_out_what_is_not_there()
      throws Exception {
    fromMaps(
        List.of(
            Map.of("member_key", 7, "email", "ann", "group", "Board"),
            Map.of("member_key", 8, "email", " ", "company_name", "Acme", "group", "Board")));

    assertThat(staged("data"))
        .containsExactly(
            "{\"a\":null,\"e\":\"ann\",\"r\":\"INVALID_EMAIL_ADDRESS\",\"d\":\"has no @\",\"k\":4,"
                + "\"c\":{}}",
            "{\"a\":null,\"r\":\"NO_EMAIL_ADDRESS\",\"k\":5,\"s\":\"acme\",\"n\":\"Acme\","
                + "\"c\":{\"company_name\":\"Acme\"}}");
  }

  @Test
  void row_with_several_groups_is_staged_once_in_each() throws Exception {
    StagedSource source =
        fromPostgres(
            "SELECT 'P-1' AS member_key, ARRAY['Board', NULL, 'Staff', 'Board'] AS groups"
                + " UNION ALL SELECT 'P-2', '{}'");

    assertThat(source.readCount()).isEqualTo(2);
    assertThat(source.stagedCount()).isEqualTo(3);
    assertThat(staged("row_no || member_key || group_name"))
        .containsExactly("1P-1Board", "1P-1Staff", "2P-2");
  }

  @Test
  void array_of_another_database_names_groups_too() throws Exception {
    fromH2("SELECT 1 AS member_key, ARRAY['Board', 'Staff'] AS groups");

    assertThat(staged("group_name")).containsExactly("Board", "Staff");
  }

  @Test
  void row_without_a_group_goes_to_the_only_list() throws Exception {
    try (Staging staging = open(Sync.rules("*", "All members"))) {
      staging.maps(List.of(Map.of("member_key", "P-1", "email", "ann@example.org")));
      Sync.loaded(staging);
    }

    assertThat(staged("group_name || ' ' || (data::json ->> 'r' IS NULL)"))
        .containsExactly("All members true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Robert'); DROP TABLE staged_72;--",
        "tab\\tdot\\.",
        "\\.",
        "\\N",
        "a\\b\\\\c",
        "\"q\"",
        "ünïcödé \ud83d\ude00",
        "${jndi:x}",
        "%s {} :1 ?",
        "\\u0041"
      })
  void text_of_any_kind_arrives_as_it_was_sent(String text) throws Exception {
    fromMaps(List.of(Map.of("member_key", text, "group", text, "city", text)));

    assertThat(staged("member_key")).containsExactly(text);
    assertThat(staged("group_name")).containsExactly(text);
    assertThat(staged("data::jsonb -> 'c' ->> 'city'")).containsExactly(text);
  }

  @Test
  void random_text_arrives_without_its_control_characters() throws Exception {
    Random random = new Random(5);
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("x");
      StringBuilder clean = new StringBuilder("x");
      for (int k = random.nextInt(20); k > 0; k--) {
        int c = random.nextInt(random.nextBoolean() ? 0x100 : 0x20000);
        if (c >= 0xd800 && c <= 0xdfff) {
          continue;
        }
        text.appendCodePoint(c);
        if (c >= '\t' && c <= '\r') {
          clean.append(' ');
        } else if (!Character.isISOControl(c)) {
          clean.appendCodePoint(c);
        }
      }
      rows.add(Map.of("member_key", "P" + i, "group", "G", "city", text.append('x').toString()));
      expected.add(clean.append('x').toString());
    }

    fromMaps(rows);

    assertThat(staged("data::jsonb -> 'c' ->> 'city'")).isEqualTo(expected);
  }

  @Test
  void half_a_character_becomes_the_replacement_character() throws Exception {
    fromMaps(List.of(Map.of("member_key", "P-1", "group", "G", "city", "a\ud83d-\ude00z")));

    assertThat(staged("data::jsonb -> 'c' ->> 'city'")).containsExactly("a\ufffd-\ufffdz");
  }

  @Test
  void giant_text_is_cut_and_not_in_the_middle_of_a_character() throws Exception {
    fromMaps(
        List.of(
            Map.of("member_key", "P-1", "group", "G", "note", "\ud83d\ude00".repeat(500_000)),
            Map.of("member_key", "P-2", "group", "G", "note", "x" + "\ud83d\ude00".repeat(5_000))));

    assertThat(staged("char_length(data::jsonb -> 'c' ->> 'cf:note')"))
        .containsExactly("1000", "1000");
  }

  @Test
  void fingerprint_does_not_depend_on_the_order_of_rows_or_columns() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      rows.add(person(i, "city " + i));
    }
    StagedSource first = fromMaps(rows);
    Collections.shuffle(rows, new Random(3));
    rows.replaceAll(StagingTest::reversed);
    StagedSource shuffled = fromMaps(rows);

    assertThat(shuffled.fingerprintHigh()).isEqualTo(first.fingerprintHigh());
    assertThat(shuffled.fingerprintLow()).isEqualTo(first.fingerprintLow());
    assertThat(staged("count(*)", "")).containsExactly("12000");
  }

  @Test
  void fingerprint_shows_every_change() throws Exception {
    StagedSource before = fromMaps(List.of(person(1, "Bonn"), person(2, "Rome")));

    assertThat(fromMaps(List.of(person(1, "Rome"), person(2, "Bonn"))))
        .as("values swapped between members")
        .isNotEqualTo(before);
    assertThat(fromMaps(List.of(person(1, "Bonn"), person(2, "Rome"), person(2, "Rome"))))
        .as("a row given twice")
        .extracting(StagedSource::fingerprintLow)
        .isNotEqualTo(before.fingerprintLow());
    assertThat(fromMaps(List.of(person(1, "Bonn")))).as("a row gone").isNotEqualTo(before);
  }

  @Test
  void rules_belong_to_the_fingerprint() throws Exception {
    List<Map<String, Object>> rows = List.of(person(1, "Bonn"));
    StagedSource all = fromMaps(rows);
    try (Staging staging = open(Sync.rules("Staff", "${group}"))) {
      staging.maps(rows);
      assertThat(Sync.loaded(staging).fingerprintLow()).isNotEqualTo(all.fingerprintLow());
    }
  }

  @Test
  void member_given_twice_in_a_group_is_named_with_both_rows() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      rows.add(person(i, "x"));
    }
    rows.add(person(4_711, "y"));
    rows.add(person(4_712, "y"));
    try (Staging staging = open(Sync.EVERYTHING)) {
      staging.maps(rows);
      Sync.loaded(staging);

      assertThat(staging.findDuplicate())
          .contains(new DuplicateKey("P-4711", "Board", 4_712, 6_001))
          .get()
          .extracting(DuplicateKey::message)
          .isEqualTo("member P-4711 comes twice in the group Board: rows 4712 and 6001");
    }
  }

  @Test
  void member_in_two_groups_is_no_duplicate() throws Exception {
    try (Staging staging = open(Sync.EVERYTHING)) {
      staging.maps(List.of(Map.of("member_key", 1, "groups", "A;B")));
      Sync.loaded(staging);

      assertThat(staging.findDuplicate()).isEmpty();
    }
  }

  @Test
  void staged_rows_that_vanished_are_noticed() throws Exception {
    try (Staging staging = open(Sync.EVERYTHING)) {
      staging.maps(List.of(person(1, "x")));
      Sync.loaded(staging);
      Postgres.execute("TRUNCATE staged_72");

      assertThatThrownBy(staging::findDuplicate)
          .isInstanceOf(StagingException.class)
          .hasMessageContaining("1 rows were staged, 0 are there");
    }
  }

  @Test
  void new_read_starts_from_an_empty_table() throws Exception {
    fromMaps(List.of(person(1, "x"), person(2, "x")));
    fromMaps(List.of(person(3, "x")));

    assertThat(staged("member_key")).containsExactly("P-3");
  }

  @Test
  void empty_source_is_complete_with_nothing_read() throws Exception {
    assertThat(fromPostgres("SELECT 'x' AS member_key WHERE false"))
        .isEqualTo(new StagedSource(0, 0, 0, 0, List.of("member_key")));
  }

  @Test
  void route_that_read_nothing_at_all_is_not_an_empty_source() {
    try (Staging staging = open(Sync.EVERYTHING)) {
      assertThatThrownBy(staging::complete)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("the route ended without reading members");
      assertThat(staging.isComplete()).isFalse();
    }
  }

  @Test
  void row_without_a_key_stops_the_read_and_is_named() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      rows.add(person(i, "x"));
    }
    rows.set(5_432, Map.of("member_key", " ", "group", "Board"));

    assertFails(
        rows,
        "sync chamber: query of the route: row 5433: the column member_key is empty"
            + " (every row needs the key of its member)");
  }

  @Test
  void wrong_type_names_row_member_column_and_what_is_expected() {
    assertFails(
        List.of(person(1, "x"), Map.of("member_key", "P-9", "opt_in_at", "soon", "group", "B")),
        "sync chamber: query of the route: row 2: member P-9: the column opt_in_at holds no time"
            + " (a timestamp or an ISO text such as 2026-11-21T20:00:00Z is expected)");
  }

  @Test
  void message_never_holds_more_of_a_member_than_its_key() {
    assertFails(
        List.of(
            Map.of(
                "member_key", "P-9",
                "email", "ann@example.org",
                "last_name", "Ash",
                "enabled", "Ash Ann",
                "group", "Board")),
        "sync chamber: query of the route: row 1: member P-9: the column enabled holds something"
            + " else (a boolean, true or false, yes or no, y or n, 1 or 0 is expected)");
  }

  @Test
  void failed_staging_takes_no_more_rows() throws Exception {
    try (Staging staging = open(Sync.EVERYTHING)) {
      assertThatThrownBy(() -> staging.maps(List.of(Map.of("key", 1))))
          .isInstanceOf(SourceException.class);

      assertThatThrownBy(() -> staging.maps(List.of(person(1, "x"))))
          .isInstanceOf(IllegalStateException.class);
      assertThat(staging.failure()).isPresent();
    }
  }

  private void assertFails(List<? extends Map<String, ?>> rows, String message) {
    try (Staging staging = open(Sync.EVERYTHING)) {
      assertThatThrownBy(() -> staging.maps(rows))
          .isInstanceOf(SourceException.class)
          .hasMessage(message);
      assertThatThrownBy(staging::complete).hasMessage(message);
    }
  }

  private static Map<String, Object> person(int number, String city) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("member_key", "P-" + number);
    person.put("email", "p" + number + "@example.org");
    person.put("city", city);
    person.put("beta", "b");
    person.put("alpha", "a");
    person.put("group", "Board");
    return person;
  }

  private static Map<String, Object> reversed(Map<String, Object> row) {
    List<String> keys = new ArrayList<>(row.keySet());
    Collections.reverse(keys);
    Map<String, Object> reversed = new LinkedHashMap<>();
    keys.forEach(key -> reversed.put(key, row.get(key)));
    return reversed;
  }

  private static Staging open(SyncRules rules) {
    return Sync.staging(SYNC, rules);
  }

  private static StagedSource fromMaps(List<? extends Map<String, ?>> rows) {
    try (Staging staging = open(Sync.EVERYTHING)) {
      staging.maps(rows);
      return Sync.loaded(staging);
    }
  }

  private static StagedSource fromPostgres(String sql) throws SQLException {
    return from(Postgres.database().getConnection(), sql);
  }

  private static StagedSource fromH2(String sql) throws SQLException {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:staging");
    return from(database.getConnection(), sql);
  }

  private static StagedSource from(Connection source, String sql) throws SQLException {
    try (source;
        Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery(sql);
        Staging staging = open(Sync.EVERYTHING)) {
      staging.rows(rows);
      return Sync.loaded(staging);
    }
  }

  private static List<String> staged(String expression) throws SQLException {
    return staged(expression, " ORDER BY row_no, group_name");
  }

  private static List<String> staged(String expression, String order) throws SQLException {
    return Postgres.column("SELECT " + expression + " FROM staged_72" + order);
  }
}
