package org.rollcall.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.TestDatabase;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Files beside the database know how much was sent. */
class SentMarksTest {
  private final Store store = new Store(TestDatabase.fresh());
  @TempDir Path home;

  @BeforeEach
  void anAccount() {
    tell("INSERT INTO account (name, sent) VALUES ('main', 7)");
    tell("INSERT INTO sync (account_id, name) SELECT account_id, 'chamber' FROM account");
  }

  @Test
  void a_node_that_sent_nothing_itself_notices_as_well() {
    SentMarks idle = SentMarks.in(home, store);
    idle.look();
    tell("UPDATE account SET sent = 6");

    idle.look();

    assertThat(number("SELECT count(*) FROM sync WHERE put_back")).isEqualTo(1);
    assertThat(number("SELECT sent FROM account")).isEqualTo(7);
  }

  @Test
  void what_other_nodes_send_is_no_sign_of_an_old_state() {
    SentMarks marks = SentMarks.in(home, store);
    marks.look();
    tell("UPDATE account SET sent = 12");
    marks.look();
    marks.look();

    assertThat(number("SELECT count(*) FROM sync WHERE put_back")).isZero();
  }

  @Test
  void another_database_is_no_old_state_of_this_one() {
    SentMarks.in(home, store).look();
    tell("UPDATE account SET state_id = gen_random_uuid(), sent = 0");

    SentMarks.in(home, store).look();

    assertThat(number("SELECT count(*) FROM sync WHERE put_back")).isZero();
  }

  @Test
  void a_torn_file_and_a_home_that_cannot_be_written_stop_nothing() throws IOException {
    SentMarks marks = SentMarks.in(home, store);
    marks.look();
    try (var files = Files.list(home.resolve("data/sent"))) {
      files.forEach(file -> write(file, ""));
    }
    Files.delete(home.resolve(".sent").resolve(stateId()));
    Files.delete(home.resolve(".sent"));
    write(home.resolve(".sent"), "a file in the place of a folder");

    assertThatCode(marks::look).doesNotThrowAnyException();

    assertThat(home.resolve("data/sent").resolve(stateId())).hasContent("7");
  }

  private String stateId() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT state_id FROM account")
                .first(row -> row.getString(1))
                .orElseThrow());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void tell(String sql) {
    store.run(connection -> Query.of(connection, sql).update());
  }

  private long number(String sql) {
    return store.transaction(connection -> Query.of(connection, sql).number());
  }
}
