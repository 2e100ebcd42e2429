package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Fault;
import org.rollcall.verify.Balance;

/** Everything is read back and compared with what the hub thought. */
class ReconcileTest {
  private static final String ANN = "ann@x.example";
  private static final String BOB = "bob@x.example";
  private static final String CAT = "cat@x.example";

  private final Scene scene = Scene.open();
  private final Check check = new Check(scene);

  @BeforeEach
  void known() {
    scene.provider().createContact("staff@x.example", List.of("Board"), Edit.name("By", "Hand"));
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", ANN),
            SourceRow.person("m2", "Board", BOB),
            SourceRow.person("m3", "Golf", CAT));
    scene.sync();
    check.foreign("staff@x.example");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void nothing_differs_when_nobody_did_anything() {
    Runs.Record run = scene.reconcile();

    assertThat(run.state()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.drift(run)).isEmpty();
    balanced();
  }

  @Test
  void what_staff_did_is_listed_by_kind_and_what_the_source_owns_is_repaired() {
    scene.provider().deleteContact(ANN);
    scene.provider().removeFromList(BOB, "Board");
    scene.provider().addToList(BOB, "Golf");
    scene.provider().editContact(CAT, new Edit("Katze", null, null, "Chair", null, null, null));
    scene.provider().createContact("new@x.example", List.of("Golf"), Edit.name("New", "Hand"));
    check.byHand(BOB, "Golf");
    check.foreign("new@x.example");

    Runs.Record run = scene.reconcile();

    assertThat(scene.drift(run))
        .containsExactly(
            Map.entry("contactGone", "1 of 1"),
            Map.entry("contactUnknown", "0 of 1"),
            Map.entry("fieldsChanged", "1 of 1"),
            Map.entry("membershipAdded", "0 of 1"),
            Map.entry("membershipLost", "1 of 1"));
    assertThat(entry(run, "fieldsChanged").detail()).isEqualTo("first name");
    assertThat(entry(run, "membershipAdded").why()).isEqualTo("made by hand, and stays");
    check.converged();
    Runs.Record second = scene.reconcile();
    assertThat(scene.drift(second)).isEmpty();
    balanced();
  }

  @Test
  void for_consent_the_provider_counts_in_both_directions() {
    scene.unsubscribes(ANN);

    Runs.Record gone = scene.reconcile();
    assertThat(scene.drift(gone)).containsExactly(Map.entry("permissionChanged", "0 of 1"));
    assertThat(entry(gone, "permissionChanged").detail()).isEqualTo("unsubscribed by the contact");
    assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
    check.converged();
    balanced();

    scene.provider().editContact(ANN, new Edit(null, null, null, null, null, "explicit", null));
    Runs.Record back = scene.reconcile();
    assertThat(scene.drift(back)).containsKey("permissionChanged");
    assertThat(entry(back, "permissionChanged").detail())
        .isEqualTo("was unsubscribed, and is explicit again");
    assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
  }

  @Test
  void another_address_at_the_provider_is_a_conflict_and_not_a_loss() {
    scene.provider().editContact(ANN, Edit.address("ann@theirs.example"));

    Runs.Record run = scene.reconcile();

    assertThat(scene.drift(run)).containsExactly(Map.entry("addressChanged", "0 of 1"));
    assertThat(entry(run, "addressChanged").former()).isEqualTo(ANN);
    assertThat(entry(run, "addressChanged").why()).startsWith("somebody has to decide");
    assertThat(scene.status("m1", "Board").status()).isEqualTo("held");
  }

  @Test
  void a_rule_for_addresses_repairs_them() {
    scene.set("rollcall.syncs.chamber.address-conflicts", "source");
    scene.closeHub();
    scene.provider().editContact(ANN, Edit.address("ann@theirs.example"));

    assertThat(scene.drift(scene.reconcile()))
        .containsExactly(Map.entry("addressChanged", "1 of 1"));
    check.converged();
  }

  @Test
  void renamed_and_deleted_lists_are_told_and_left() {
    scene.provider().renameList("Board", "Directors");
    scene.provider().deleteList("Golf");

    Runs.Record run = scene.reconcile();

    assertThat(scene.drift(run))
        .containsExactly(Map.entry("listDeleted", "0 of 1"), Map.entry("listRenamed", "0 of 1"));
    assertThat(entry(run, "listRenamed").detail()).isEqualTo("is called \"Directors\" there");
    assertThat(entry(run, "listDeleted").list()).isEqualTo("Golf");
  }

  @Test
  void who_is_on_a_list_that_is_adopted_meanwhile_is_no_difference() {
    for (String group : List.of("Tennis", "Chess")) {
      scene.provider().addToList(BOB, group);
      scene.sync();
      scene.source().put(SourceRow.person("m1", group, ANN));
      List<Job> jobs = group.equals("Chess") ? List.of(Job.CONTACTS) : Scene.BOTH;

      Runs.Record run = scene.reconcile(jobs);

      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.drift(run)).isEmpty();
      check.byHand(BOB, group);
      check.converged();
    }
    assertThat(scene.drift(scene.reconcile())).isEmpty();
    balanced();
  }

  @Test
  void a_contact_gone_for_good_is_made_again_and_who_opted_out_is_not() {
    scene.source().put(SourceRow.person("m8", "Board", "ghost@x.example"));
    scene.source().put(SourceRow.person("m9", "Board", "out@x.example"));
    ghost("ghost@x.example", "implicit");
    ghost("out@x.example", "unsubscribed");
    ghost("nobody@x.example", "implicit");

    Runs.Record run = scene.reconcile();

    assertThat(scene.drift(run)).containsEntry("contactGone", "1 of 3");
    assertThat(scene.provider().contact("ghost@x.example").orElseThrow().lists())
        .containsExactly("Board");
    assertThat(scene.provider().contact("out@x.example")).isEmpty();
    assertThat(scene.status("m9", "Board").status()).isEqualTo("unsubscribed");
    assertThat(scene.ask("SELECT count(*) FROM contact WHERE address = 'nobody@x.example'"))
        .isEqualTo("0");
    assertThat(scene.drift(scene.reconcile())).isEmpty();
  }

  /** A contact that the hub knows and the provider does not have, not even among the deleted. */
  private void ghost(String address, String permission) {
    scene.tell(
        "INSERT INTO contact (account_id, address, contact_id, permission, seen_at)"
            + " SELECT account_id, '%1$s', 'id of %1$s', '%2$s', now() FROM account"
                .formatted(address, permission));
    scene.tell(
        "INSERT INTO membership SELECT account_id, list_no, '%s', true, now() FROM list"
                .formatted(address)
            + " WHERE name = 'Board'");
  }

  @Test
  void a_torn_reading_changes_nothing() {
    scene.provider().deleteContact(ANN);
    String before =
        scene.ask("SELECT md5(string_agg(c::text, ',' ORDER BY address)) FROM contact c");
    scene.provider().addFault(Fault.of("GET", "/v3/contacts", Fault.Effect.TRUNCATE).withTimes(20));

    Runs.Record run = scene.reconcile();

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(scene.drift(run)).isEmpty();
    assertThat(scene.ask("SELECT md5(string_agg(c::text, ',' ORDER BY address)) FROM contact c"))
        .isEqualTo(before);
    scene.provider().clearFaults();
    assertThat(scene.drift(scene.reconcile())).containsEntry("contactGone", "1 of 1");
  }

  /** The provider leaves out all pages but the first, the link to them included (failure D23). */
  @Test
  void who_is_on_a_page_that_is_left_out_is_not_taken_for_gone() {
    try (Scene town = Scene.open().pace(500);
        Tap tap = town.tap()) {
      town.source()
          .put(
              IntStream.range(0, 600)
                  .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                  .toList());
      town.sync();
      town.provider().clearJournal();
      tap.watch(
          new Tap.Watch() {
            @Override
            public byte[] told(int number, String what, byte[] body) {
              String text = new String(body, StandardCharsets.UTF_8);
              return what.equals("GET /v3/contacts")
                  ? text.replace("\"next\"", "\"elsewhere\"").getBytes(StandardCharsets.UTF_8)
                  : body;
            }
          });

      Runs.Record run = town.reconcile();

      assertThat(run.state()).isEqualTo(RunState.PARTIAL);
      assertThat(run.error())
          .contains("the provider counts 600 contacts and gave 500; nobody who is missing");
      assertThat(town.drift(run)).isEmpty();
      assertThat(town.provider().journal())
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
      tap.watch(new Tap.Watch() {});
      assertThat(town.reconcile().state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void a_dry_run_shows_the_same_and_repairs_nothing() {
    scene.provider().deleteContact(ANN);
    scene.provider().removeFromList(BOB, "Board");
    scene.provider().deleteList("Golf");
    scene.closeHub();
    scene.provider().clearJournal();

    JsonNode dry =
        Commands.run(
                scene.home(),
                "sync",
                "chamber",
                "--job",
                "contacts",
                "--reconcile",
                "--dry-run",
                "--json")
            .json();

    assertThat(dry.path("state").asText()).isEqualTo("planned");
    assertThat(dry.path("drift").path("contactGone").asLong()).isEqualTo(1);
    assertThat(dry.path("drift").path("membershipLost").asLong()).isEqualTo(1);
    assertThat(dry.path("drift").path("listDeleted").asLong()).isEqualTo(1);
    assertThat(dry.path("drift").path("fieldsChanged").isIntegralNumber()).isTrue();
    assertThat(scene.provider().journal())
        .noneMatch(entry -> entry.path().startsWith("/v3") && !entry.method().equals("GET"));
    JsonNode real =
        Commands.run(scene.home(), "sync", "chamber", "--job", "contacts", "--reconcile", "--json")
            .json();
    assertThat(real.path("drift")).isEqualTo(dry.path("drift"));
    assertThat(real.path("driftRepaired").path("contactGone").asLong()).isEqualTo(1);
  }

  @Test
  void the_command_shows_every_difference_and_the_balance() {
    scene.provider().removeFromList(BOB, "Board");
    scene.reconcile();
    scene.closeHub();

    var shown = Commands.run(scene.home(), "drift", "chamber");
    assertThat(shown.out()).contains("1 memberships lost: 1 repaired, 0 left");
    assertThat(shown.out()).containsPattern("membershipLost +m2, bob@x.example, Board: repaired");
    List<JsonNode> lines = Commands.run(scene.home(), "drift", "chamber", "--json").lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).path("memberKey").asText()).isEqualTo("m2");
    var balance = Commands.run(scene.home(), "status", "chamber", "--balance");
    assertThat(balance.out())
        .contains("3 members, once per group = 3 synced")
        .contains(": 3 at the provider = 2 ours + 1 made by hand + 0 unsubscribed")
        .doesNotContain("DOES NOT ADD UP");
    scene.tell("UPDATE list_balance SET ours = ours - 1");
    assertThat(Commands.run(scene.home(), "status", "chamber", "--balance").out())
        .contains("DOES NOT ADD UP");
  }

  @Test
  void who_was_erased_here_is_still_counted_on_the_provider_s_list() {
    scene.closeHub();
    assertThat(Commands.run(scene.home(), "forget", ANN, "--yes").code()).isZero();

    Runs.Record run = scene.reconcile();

    assertThat(scene.drift(run)).isEmpty();
    assertThat(scene.hub().balance().lists(Scene.SYNC))
        .filteredOn(list -> list.list().equals("Board"))
        .extracting(Balance.ListBalance::erased)
        .containsExactly(1L);
    balanced();
    assertThat(scene.ask("SELECT count(*) FROM drift WHERE address = '" + ANN + "'"))
        .isEqualTo("0");
  }

  private org.rollcall.verify.Drift.Entry entry(Runs.Record run, String kind) {
    List<org.rollcall.verify.Drift.Entry> entries = new java.util.ArrayList<>();
    scene.hub().drift().entries(run.id(), entries::add);
    return entries.stream().filter(e -> e.kind().equals(kind)).findFirst().orElseThrow();
  }

  private void balanced() {
    Balance balance = scene.hub().balance();
    assertThat(balance.members(Scene.SYNC)).matches(Balance.Members::addsUp, "adds up");
    assertThat(balance.lists(Scene.SYNC))
        .isNotEmpty()
        .allMatch(Balance.ListBalance::addsUp)
        .allMatch(
            list ->
                list.atProvider() == scene.provider().list(list.list()).orElseThrow().members());
  }
}
