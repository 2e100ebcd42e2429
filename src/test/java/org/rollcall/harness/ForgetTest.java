package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Wish;
import org.rollcall.harness.Commands.Result;
import org.rollcall.hub.Hub;
import org.rollcall.run.RunState;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;

/** Who asked to be forgotten is erased everywhere in the hub, and does not come back. */
class ForgetTest {
  private static final String ANN = "ann.vandelay@example.org";

  /** Entries of the audit and orders about a member. */
  private static final String ASKED_FOR =
      "SELECT count(*) FROM (SELECT about FROM audit UNION ALL SELECT what FROM run_order) a"
          + " WHERE about ~ ' %s(,|$)'";

  private static SourceRow ann() {
    return SourceRow.person("m1", "Board", ANN).withName("Annabel", "Vandelay");
  }

  private static Scene synced(SourceRow... rows) {
    Scene scene = Scene.open();
    scene.source().put(rows);
    assertThat(scene.syncUntilCompleted(5).state()).isEqualTo(RunState.COMPLETED);
    return scene;
  }

  private static Result command(Scene scene, String... args) {
    scene.closeHub();
    return Commands.run(scene.home(), args);
  }

  private static Result forgotten(Scene scene, String who) {
    Result result = command(scene, "forget", who, "--yes", "--json");
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  /** Every table in which a text is still found, in clear. */
  private static String tablesWith(Scene scene, String text) throws SQLException {
    StringBuilder found = new StringBuilder();
    try (Connection connection = scene.state().getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new java.util.ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT quote_ident(table_name) FROM information_schema.tables"
                  + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM "
                    + table
                    + " t WHERE position('"
                    + text
                    + "' IN lower(t::text)) > 0")) {
          rows.next();
          found.append(rows.getInt(1) > 0 ? table + " " : "");
        }
      }
    }
    return found.toString();
  }

  @Test
  void a_person_with_a_history_leaves_no_trace_and_does_not_come_back() throws Exception {
    try (Scene scene =
        synced(ann(), ann().in("Choir"), SourceRow.person("m2", "Board", "bob@example.org"))) {
      scene.source().put(ann().withEmail("annabel.vandelay@elsewhere.example"));
      scene.source().put(ann().in("Choir").withEmail("annabel.vandelay@elsewhere.example"));
      scene.syncUntilCompleted(5);
      assertThat(scene.unsubscribes("annabel.vandelay@elsewhere.example")).isTrue();
      scene.syncUntilCompleted(5);
      assertThat(tablesWith(scene, "vandelay")).contains("member", "contact", "consent", "staged");

      JsonNode export = forgotten(scene, "m1").json();

      assertThat(export.path("erased").asBoolean()).isTrue();
      assertThat(export.at("/held/member").size()).isEqualTo(2);
      assertThat(export.at("/held/consent").toString()).contains("annabel.vandelay");
      assertThat(export.path("addresses").toString()).contains(ANN);
      assertThat(tablesWith(scene, "vandelay")).as("tables that still know the person").isEmpty();
      assertThat(tablesWith(scene, "bob@example.org")).contains("member", "contact");

      scene.provider().clearJournal();
      scene.source().put(ann().withEmail(ANN));
      scene.provider().editContact(ANN, Edit.name("Annabel", "Vandelay"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.status("m1", "Board").status()).isEqualTo("not applicable");
      assertThat(scene.status("m1", "Board").reason()).isEqualTo("erased on request");
      assertThat(scene.status("m1", "Choir").email()).isNull();
      assertThat(tablesWith(scene, "vandelay")).as("after another import").isEmpty();
      assertThat(scene.provider().journal())
          .noneMatch(entry -> entry.path().contains("import") || entry.path().contains("remove"));
      assertThat(scene.status("m2", "Board").status()).isEqualTo("synced");

      scene.source().put(ann().withEmail("nobody.knows@this.example"));
      scene.sync();
      assertThat(scene.status("m1", "Board").reason())
          .as("by the key alone")
          .isEqualTo("erased on request");
    }
  }

  @Test
  void what_was_asked_to_be_run_for_the_person_names_them_no_more() throws Exception {
    try (Scene scene = synced(ann(), SourceRow.person("m10", "Board", "bob@example.org"))) {
      Hub hub = scene.hub();
      try (Orders orders = new Orders(hub.store(), hub.audit(), hub.syncs(), Clock.systemUTC())) {
        for (String key : List.of("m1", "m10")) {
          for (boolean dryRun : new boolean[] {true, false}) {
            orders.place(
                Asker.console("anna"), Wish.sync(Scene.SYNC, new Scope(null, key, dryRun)));
          }
        }
        orders.stop();
        assertThat(orders.awaitEnd(Duration.ofSeconds(60))).isTrue();
      }
      assertThat(scene.ask(ASKED_FOR.formatted("m1"))).isEqualTo("4");

      forgotten(scene, "m1");

      assertThat(scene.ask(ASKED_FOR.formatted("m1"))).isEqualTo("0");
      assertThat(scene.ask(ASKED_FOR.formatted("m10"))).isEqualTo("4");
    }
  }

  @Test
  void an_address_that_only_the_source_ever_had_is_erased_too() {
    try (Scene scene = Scene.open()) {
      scene.source().put(ann().withStatus("lapsed"));
      scene.sync();
      scene.source().put(ann().withStatus("lapsed").withEmail("ann@elsewhere.example"));
      scene.sync();
      forgotten(scene, "m1");
      scene.source().remove(ann());
      scene.source().put(SourceRow.person("new", "Choir", ANN));

      scene.sync();

      assertThat(scene.status("new", "Choir").reason()).isEqualTo("erased on request");
    }
  }

  @Test
  void who_opted_out_while_erased_is_unsubscribed_once_remembered() {
    try (Scene scene = synced(ann())) {
      forgotten(scene, "m1");
      scene.unsubscribes(ANN);
      scene.provider().createContact("later@x.example", List.of(), Edit.name("Later", "On"));
      scene.sync();
      assertThat(command(scene, "remember", "m1").code()).isZero();
      scene.provider().clearJournal();

      scene.syncUntilCompleted(2);

      assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
      assertThat(scene.provider().journal()).noneMatch(entry -> entry.path().contains("import"));
    }
  }

  @Test
  void the_same_key_of_two_people_in_two_syncs_asks_which_one_is_meant() throws SQLException {
    try (Scene scene = synced(ann())) {
      scene.closeHub();
      scene.tell("INSERT INTO sync (account_id, name) SELECT account_id, 'club' FROM account");
      scene.tell(
          "CREATE TEMP TABLE other AS SELECT * FROM member;"
              + " UPDATE other SET address = 'eve@x.example', email = 'eve@x.example',"
              + " sync_id = (SELECT sync_id FROM sync WHERE name = 'club');"
              + " INSERT INTO member SELECT * FROM other; DROP TABLE other");

      Result unclear = command(scene, "forget", "m1", "--yes");

      assertThat(unclear.code()).isEqualTo(2);
      assertThat(unclear.err()).contains("chamber, club", "--sync");
      assertThat(tablesWith(scene, "vandelay")).contains("member");
    }
  }

  @Test
  void the_same_address_under_another_key_is_not_sent_either() {
    try (Scene scene = synced(ann(), SourceRow.person("m2", "Board", "bob@example.org"))) {
      forgotten(scene, " " + ANN.toUpperCase(java.util.Locale.ROOT));
      scene.source().remove(ann());
      scene.source().put(SourceRow.person("new", "Choir", ANN));

      scene.sync();

      assertThat(scene.status("new", "Choir").reason()).isEqualTo("erased on request");
      assertThat(scene.provider().contact(ANN).orElseThrow().lists())
          .as("what remains at the provider")
          .containsExactly("Board");
    }
  }

  @Test
  void a_shared_address_stays_and_goes_to_the_other() throws SQLException {
    SourceRow bob = SourceRow.person("m2", "Board", ANN).withName("Bob", "Zimmer");
    try (Scene scene = synced(ann(), bob)) {
      Result unclear = command(scene, "forget", ANN, "--yes");
      assertThat(unclear.code()).isEqualTo(2);
      assertThat(unclear.err()).contains("m1, m2").doesNotContain(ANN);

      JsonNode export = forgotten(scene, "m1").json();

      assertThat(export.path("shared").toString()).contains("m2 of chamber");
      assertThat(tablesWith(scene, "annabel")).isEmpty();
      assertThat(scene.ask("SELECT member_key FROM member WHERE contact_winner")).isEqualTo("m2");
      assertThat(scene.ask("SELECT count(*) FROM contact WHERE member_key = 'm1'"))
          .as("contacts behind which the erased person is said to be")
          .isEqualTo("0");
      scene.sync();
      assertThat(scene.provider().contact(ANN).orElseThrow().firstName()).isEqualTo("Bob");
      assertThat(scene.status("m2", "Board").status()).isEqualTo("synced");
      assertThat(scene.status("m1", "Board").reason()).isEqualTo("erased on request");
    }
  }

  @Test
  void without_a_yes_it_only_shows_and_says_what_remains_at_the_provider() throws Exception {
    try (Scene scene = synced(ann())) {
      Result shown = command(scene, "forget", "m1");

      assertThat(shown.code()).isZero();
      assertThat(shown.out())
          .contains("member m1 of chamber", "on Board", "/contacts/", "nothing was erased");
      assertThat(tablesWith(scene, "vandelay")).contains("member");

      Result done = command(scene, "forget", "m1", "--yes");

      assertThat(done.out()).contains("erased;");
      try (var files = Files.list(scene.home().resolve("data/exports"))) {
        Path export = files.findFirst().orElseThrow();
        assertThat(done.out()).contains(export.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(export)))
            .isEqualTo("rw-------");
        assertThat(
                new ObjectMapper().readTree(export.toFile()).at("/held/member/0/address").asText())
            .isEqualTo(ANN);
      }
      Result again = command(scene, "forget", "m1", "--yes");
      assertThat(again.code()).isZero();
      assertThat(again.out()).contains("was erased at");
      assertThat(command(scene, "forget", "nobody", "--yes").code()).isEqualTo(2);
    }
  }

  @Test
  void a_dead_letter_with_the_record_goes_as_well() throws Exception {
    try (Scene scene = Scene.open()) {
      scene.provider().refuseAddress(ANN, "is on the suppression list");
      scene.source().put(ann());
      scene.sync();
      assertThat(tablesWith(scene, "vandelay")).contains("dead_letter", "failure");

      forgotten(scene, "m1");

      assertThat(tablesWith(scene, "vandelay")).isEmpty();
    }
  }

  @Test
  void an_erasure_can_be_lifted_but_an_opt_out_from_before_it_stays() {
    SourceRow eve = SourceRow.person("m2", "Board", "eve@example.org");
    try (Scene scene = synced(ann(), eve)) {
      scene.unsubscribes("eve@example.org");
      scene.sync();
      forgotten(scene, "m1");
      forgotten(scene, "m2");
      scene.source().put(eve.withEmail("eve@elsewhere.example"));
      scene.sync();

      assertThat(command(scene, "remember", "m1").out()).contains("lifted");
      assertThat(command(scene, "remember", "m2").out()).contains("stays unsubscribed");
      assertThat(command(scene, "remember", "m2").code()).isEqualTo(2);
      scene.syncUntilCompleted(2);

      assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
      assertThat(scene.status("m2", "Board").status()).isEqualTo("unsubscribed");
      assertThat(scene.provider().contact("eve@elsewhere.example")).isEmpty();
      new Check(scene).nobodyResubscribed();
    }
  }

  @Test
  void another_secret_key_stops_the_run_instead_of_letting_everybody_back() {
    try (Scene scene = synced(ann())) {
      forgotten(scene, "m1");
      scene.set("rollcall.secret-key", "another-key-of-thirty-two-characters-at-least");
      scene.closeHub();

      assertThat(
              scene.sync(List.of(org.rollcall.run.Job.CONTACTS), org.rollcall.run.Scope.ALL).get(0))
          .satisfies(run -> assertThat(run.error()).contains("erased under another secret key"));
    }
  }

  @Test
  void a_run_that_was_cut_off_is_finished_first() {
    try (Scene scene = synced(ann())) {
      scene.tell("UPDATE batch SET state = 'accepted'");

      Result refused = command(scene, "forget", "m1", "--yes");

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("run rollcall sync chamber first");
    }
  }
}
