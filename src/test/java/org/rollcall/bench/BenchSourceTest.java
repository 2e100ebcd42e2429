package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.bench.BenchSource.Difference;

/** The comparison has to find every kind of difference, or its silence says nothing. */
class BenchSourceTest {
  private Connection database;
  private BenchSource source;

  @BeforeEach
  void members() throws SQLException {
    database = TestDatabase.empty().getConnection();
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "DO $$ BEGIN CREATE ROLE reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    }
    source = new BenchSource(database, 1_000, 7);
    source.create();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void what_the_rules_say_is_exact() throws SQLException {
    assertThat(source.differences(contacts("true", "lists", "first_name"))).isEmpty();
  }

  @Test
  void a_missing_contact_is_found() throws SQLException {
    assertThat(source.differences(contacts("member_key <> 'M500'", "lists", "first_name")))
        .extracting(Difference::kind, Difference::example)
        .containsExactly(tuple("a member is missing at the provider", "M500"));
  }

  @Test
  void a_missing_membership_is_found() throws SQLException {
    String one = "CASE member_key WHEN 'M500' THEN lists[2:] || 'Group 99'::text ELSE lists END";

    assertThat(source.differences(contacts("true", one, "first_name")))
        .extracting(Difference::kind)
        .containsExactly("the lists of a contact differ");
  }

  @Test
  void an_old_field_is_found() throws SQLException {
    String one = "CASE member_key WHEN 'M500' THEN 'Old' ELSE first_name END";

    assertThat(source.differences(contacts("true", "lists", one)))
        .extracting(Difference::kind)
        .containsExactly("the fields of a contact differ");
  }

  @Test
  void a_stranger_on_a_list_is_found_and_one_without_lists_is_not() throws SQLException {
    String stranger = "{\"address\":\"x@y.example\",\"lists\":[%s]}\n";

    assertThat(source.differences(with(stranger.formatted("")))).isEmpty();
    assertThat(source.differences(with(stranger.formatted("\"Group 001\""))))
        .extracting(Difference::kind)
        .containsExactly("somebody is on a list and should not be");
  }

  /** The provider's listing, as it would be if the rules were followed but for these. */
  private InputStream contacts(String which, String lists, String firstName) throws SQLException {
    return stream(lines(which, lists, firstName));
  }

  private InputStream with(String line) throws SQLException {
    return stream(lines("true", "lists", "first_name") + line);
  }

  private static InputStream stream(String lines) {
    return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
  }

  private String lines(String which, String lists, String firstName) throws SQLException {
    String query =
        """
        SELECT json_build_object('address', address, 'lists', %s, 'first_name', %s,
          'last_name', last_name, 'company_name', company_name, 'job_title', job_title,
          'phone', phone, 'fields', json_build_object('chapter', chapter))
        FROM expected WHERE %s
        """
            .formatted(lists, firstName, which);
    StringBuilder text = new StringBuilder();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
    }
    return text.toString();
  }
}
