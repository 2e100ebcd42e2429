package org.rollcall.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.TestDatabase;
import org.rollcall.settings.DatabaseSettings;
import org.rollcall.store.Database;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Members are found by index, however many there are; {@code -Drollcall.members} sets how many. */
class DirectoryTest {
  private static final int MEMBERS = Integer.getInteger("rollcall.members", 30_000);

  @TempDir private static Path home;
  private static HikariDataSource database;
  private static Store store;
  private static Directory directory;

  @BeforeAll
  static void many_members() {
    database = TestDatabase.empty();
    Database.open(new DatabaseSettings(database.getJdbcUrl(), null, null), home).close();
    store = new Store(database);
    directory = new Directory(store);
    tell("INSERT INTO account (name) VALUES ('main')");
    tell("INSERT INTO sync (account_id, name) VALUES (1, 'chamber'), (1, 'vote')");
    tell(
        """
        INSERT INTO member (account_id, sync_id, member_key, group_name, digest, present, address,
          address_since, email, rank, login, sort_name, parent_key, display_name, fields,
          fields_digest, group_winner, contact_winner)
        SELECT 1, 1 + mod(i, 2), 'm' || i, g, 0, true, 'first' || i || '@example.org', now(), NULL, 3,
          false, 'last' || mod(i, 997) || chr(1) || 'first' || i,
          CASE WHEN mod(i, 3) = 0 THEN 'm' || i / 100 END,
          'First' || i || ' Last' || mod(i, 997), '{}', 0, true, g = 'Board'
        FROM generate_series(1, %d) i, unnest(ARRAY['All', 'Board']) g
        """
            .formatted(MEMBERS));
    tell("ANALYZE");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static void tell(String sql) {
    store.run(connection -> Query.of(connection, sql).update());
  }

  private static List<String> keys(Directory.Hits hits) {
    return hits.members().stream().map(Directory.Hit::key).toList();
  }

  @Test
  void pages_of_a_search_follow_each_other_without_a_gap_or_a_double() {
    List<String> found = new ArrayList<>();
    String from = null;
    do {
      Directory.Hits page = directory.find("LAST17", "chamber", from, 7);
      found.addAll(keys(page));
      from = page.next();
    } while (from != null);
    assertThat(found).doesNotHaveDuplicates();
    assertThat((long) found.size())
        .isEqualTo(
            store
                .transaction(
                    connection ->
                        Query.of(
                                connection,
                                "SELECT count(DISTINCT member_key) FROM member"
                                    + " WHERE sync_id = 1 AND sort_name LIKE 'last17%'")
                            .number())
                .longValue());
  }

  @Test
  void one_is_found_by_key_address_and_both_orders_of_the_name() {
    assertThat(keys(directory.find(" M1002 ", null, null, 9))).contains("m1002");
    assertThat(keys(directory.find("FIRST1002@", null, null, 9))).containsExactly("m1002");
    assertThat(keys(directory.find("first1002 l", null, null, 9))).containsExactly("m1002");
    assertThat(keys(directory.find("last5, first1002", null, null, 9))).containsExactly("m1002");
    assertThat(keys(directory.find("first1003@", "chamber", null, 9))).isEmpty();
  }

  @Test
  void nonsense_finds_nothing_and_breaks_nothing() {
    for (String text : List.of("", "%", "_", "\\", "\0", "'", "\uDBFF\uDFFF", "(*)", ",")) {
      assertThat(directory.find(text, null, null, 9).members()).as(text).isEmpty();
    }
    assertThat(directory.find("m1", null, "no mark", 9).members()).isNotEmpty();
    assertThat(directory.profile("chamber", "nobody\0")).isEmpty();
  }

  @Test
  void the_family_is_told() {
    Directory.Profile member = directory.profile("chamber", "m1002").orElseThrow();
    assertThat(member.kind()).isEqualTo("person");
    assertThat(member.parent()).extracting(Directory.Relative::key).isEqualTo("m10");
    assertThat(member.family()).extracting(Directory.Relative::how).contains("sibling");
    assertThat(directory.profile("chamber", "m10").orElseThrow().family())
        .extracting(Directory.Relative::key)
        .contains("m1002");
  }

  @Test
  void no_search_reads_the_table_of_members_from_end_to_end() throws IOException {
    for (String text : List.of("f", "last1", "m10", "first99@")) {
      long begun = System.nanoTime();
      directory.find(text, null, null, 50);
      System.out.printf("%s: %d ms%n", text, (System.nanoTime() - begun) / 1_000_000);
      assertThat(plan("find", text)).doesNotContain("Seq Scan on member");
    }
    for (String page : List.of("rows", "family", "addresses")) {
      assertThat(plan(page, "")).as(page).doesNotContain("Seq Scan on member");
    }
  }

  private static String plan(String name, String text) throws IOException {
    String sql;
    try (InputStream in = Directory.class.getResourceAsStream("/sql/directory/" + name + ".sql")) {
      sql = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    String explained = "EXPLAIN ANALYZE " + sql.replaceAll("(?m)^\\s*--.*$", "");
    List<String> lines =
        store.transaction(
            connection ->
                Query.of(connection, explained)
                    .bind("text", text)
                    .bind("sortText", text)
                    .bind("farthest", "\uDBFF\uDFFF")
                    .bind("sync", name.equals("find") ? null : "chamber")
                    .bind("key", "m1002")
                    .bind("matched", "")
                    .bind("atSync", "")
                    .bind("atKey", "")
                    .bind("most", 51)
                    .list(row -> row.getString(1)));
    return String.join("\n", lines);
  }
}
