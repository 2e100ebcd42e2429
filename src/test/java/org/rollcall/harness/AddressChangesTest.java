package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Fault;

/** A member gets another address at the source: it is the same person, and the same contact. */
class AddressChangesTest {
  private final Scene scene = Scene.open();
  private final Check check = new Check(scene);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void a_new_address_keeps_the_contact_and_what_staff_did_with_it() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    scene.provider().addToList("ann@old.example", "Newsletter");
    String ann = id("ann@old.example");

    has(SourceRow.person("m1", "Board", "ann@new.example"));
    Runs.Record run = scene.sync();

    assertThat(id("ann@new.example")).isEqualTo(ann);
    assertThat(scene.provider().contact("ann@old.example")).isEmpty();
    assertThat(scene.provider().contact("ann@new.example").orElseThrow().lists())
        .containsExactlyInAnyOrder("Board", "Newsletter");
    counts(run, 1, 0);
    assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
    quiet();
  }

  @Test
  void a_new_address_and_a_new_group_and_a_new_name_go_together() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    String ann = id("ann@old.example");

    scene.source().remove(SourceRow.person("m1", "Board", "ann@old.example"));
    has(SourceRow.person("m1", "Golf", "ann@new.example").withName("T.J.", "Miller"));
    scene.sync();

    assertThat(id("ann@new.example")).isEqualTo(ann);
    check.converged();
    quiet();
  }

  @Test
  void swapped_addresses_swap_the_contacts() {
    has(
        SourceRow.person("m1", "Board", "a@x.example"),
        SourceRow.person("m2", "Golf", "b@x.example"),
        SourceRow.person("m3", "Golf", "c@x.example"));
    scene.sync();
    String first = id("a@x.example");
    String second = id("b@x.example");

    has(
        SourceRow.person("m1", "Board", "b@x.example"),
        SourceRow.person("m2", "Golf", "a@x.example"));
    Runs.Record run = scene.sync();

    assertThat(List.of(id("b@x.example"), id("a@x.example"))).containsExactly(first, second);
    counts(run, 2, 0);
    check.converged();
    check.statuses();
    quiet();
  }

  @Test
  void a_chain_of_new_addresses_moves_from_its_free_end() {
    has(
        SourceRow.person("m1", "Board", "a@x.example"),
        SourceRow.person("m2", "Board", "b@x.example"),
        SourceRow.person("m3", "Board", "c@x.example"));
    scene.sync();
    List<String> before = List.of(id("a@x.example"), id("b@x.example"), id("c@x.example"));

    has(
        SourceRow.person("m1", "Board", "b@x.example"),
        SourceRow.person("m2", "Board", "c@x.example"),
        SourceRow.person("m3", "Board", "d@x.example"));
    counts(scene.sync(), 3, 0);

    assertThat(List.of(id("b@x.example"), id("c@x.example"), id("d@x.example"))).isEqualTo(before);
    quiet();
  }

  @Test
  void an_address_that_is_a_contact_already_takes_over_lists_and_fields() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    String old = id("ann@old.example");
    scene.provider().createContact("ann@new.example", List.of("Newsletter"), Edit.name("A", "M"));
    String other = id("ann@new.example");

    has(SourceRow.person("m1", "Board", "ann@new.example"));
    counts(scene.sync(), 0, 0);

    assertThat(id("ann@new.example")).isEqualTo(other);
    assertThat(scene.provider().contact("ann@new.example").orElseThrow().lists())
        .containsExactlyInAnyOrder("Board", "Newsletter");
    assertThat(id("ann@old.example")).isEqualTo(old);
    assertThat(scene.provider().contact("ann@old.example").orElseThrow().lists()).isEmpty();
    assertThat(scene.ask("SELECT kind || ' ' || member_key FROM address_change"))
        .isEqualTo("merged m1");
    quiet();
  }

  @Test
  void an_address_that_opted_out_is_not_taken_and_the_old_one_leaves() {
    has(
        SourceRow.person("m1", "Board", "ann@old.example"),
        SourceRow.person("m2", "Board", "bob@x.example"));
    scene.sync();
    scene.provider().createContact("ann@new.example", List.of(), Edit.name("A", "M"));
    scene.unsubscribes("ann@new.example");

    has(SourceRow.person("m1", "Board", "ann@new.example"));
    scene.sync();

    assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
    check.converged();
    quiet();
  }

  @Test
  void a_deleted_contact_under_the_new_address_is_revived_and_the_old_one_leaves() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    scene.provider().createContact("ann@new.example", List.of(), Edit.name("A", "M"));
    String deleted = id("ann@new.example");
    scene.provider().deleteContact("ann@new.example");

    has(SourceRow.person("m1", "Board", "ann@new.example"));
    scene.sync();

    assertThat(id("ann@new.example")).isEqualTo(deleted);
    check.converged();
    quiet();
  }

  @Test
  void whoever_leaves_a_shared_address_gets_a_contact_and_the_others_keep_theirs() {
    has(
        SourceRow.person("m1", "Board", "home@x.example").withRole("primary_contact"),
        SourceRow.person("m2", "Board", "home@x.example"));
    scene.sync();
    String home = id("home@x.example");

    has(SourceRow.person("m1", "Board", "ann@x.example").withRole("primary_contact"));
    scene.sync();

    assertThat(id("home@x.example")).isEqualTo(home);
    check.converged();
    check.statuses();
    quiet();
  }

  @Test
  void whoever_takes_over_an_address_that_was_left_gets_a_contact_of_their_own() {
    has(SourceRow.person("m1", "Board", "office@x.example"));
    scene.sync();
    String ann = id("office@x.example");

    has(
        SourceRow.person("m1", "Board", "ann@x.example"),
        SourceRow.person("m2", "Board", "office@x.example"));
    counts(scene.sync(), 1, 1);

    assertThat(id("ann@x.example")).isEqualTo(ann);
    check.converged();
    quiet();
  }

  @Test
  void whoever_opted_out_and_swaps_addresses_stays_out_and_so_does_the_address() {
    has(
        SourceRow.person("m1", "Board", "a@x.example"),
        SourceRow.person("m2", "Board", "b@x.example"));
    scene.sync();
    scene.unsubscribes("a@x.example");

    has(
        SourceRow.person("m1", "Board", "b@x.example"),
        SourceRow.person("m2", "Board", "a@x.example"));
    scene.sync();

    assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
    assertThat(scene.status("m2", "Board").status()).isEqualTo("unsubscribed");
    assertThat(scene.provider().contact("b@x.example").orElseThrow().lists()).isEmpty();
    check.nobodyResubscribed();
    quiet();
  }

  @Test
  void a_plan_shows_address_changes_and_sends_none() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    has(SourceRow.person("m1", "Board", "ann@new.example"));

    Runs.Record run = scene.sync(Scene.BOTH, new Scope(null, null, true)).get(1);

    counts(run, 1, 0);
    assertThat(scene.hub().plans().entries(run.id(), 9))
        .extracting(entry -> entry.change() + " of " + entry.memberKey())
        .containsExactly("change address of m1");
    assertThat(scene.provider().contact("ann@new.example")).isEmpty();
  }

  @Test
  void a_refused_new_address_is_a_failed_member_and_no_second_contact() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    scene
        .provider()
        .addFault(
            Fault.of("PUT", "/v3/contacts/*", Fault.Effect.STATUS).withStatus(400).withTimes(9));
    has(SourceRow.person("m1", "Board", "ann@new.example"));

    Runs.Record run = scene.sync();

    assertThat(run.state()).isEqualTo(RunState.PARTIAL);
    assertThat(scene.status("m1", "Board").status()).isEqualTo("failed");
    assertThat(scene.provider().contact("ann@new.example")).isEmpty();
  }

  @Test
  void a_record_refused_behind_a_contact_that_kept_its_address_is_not_taken_for_another() {
    has(SourceRow.person("m3", "Board", "ann@old.example"));
    scene.sync();
    scene
        .provider()
        .addFault(
            Fault.of("PUT", "/v3/contacts/*", Fault.Effect.STATUS).withStatus(400).withTimes(9));
    scene.provider().refuseAddress("m5@new.example", "address is on a block list");
    has(SourceRow.person("m3", "Board", "m3@new.example").withName("Ann", "Other"));
    for (String key : List.of("m1", "m2", "m4", "m5", "m6")) {
      has(SourceRow.person(key, "Board", key + "@new.example"));
    }

    scene.sync();

    assertThat(scene.status("m3", "Board").status()).isEqualTo("failed");
    assertThat(scene.status("m4", "Board").status()).isEqualTo("synced");
    assertThat(scene.status("m5", "Board").reason()).contains("block list");
    assertThat(scene.hub().deadLetters().open(Scene.SYNC))
        .extracting(DeadLetters.Kept::memberKey)
        .containsExactlyInAnyOrder("m3", "m5");
  }

  @Test
  void a_contact_that_somebody_else_made_meanwhile_is_merged_with_the_next_run() {
    has(SourceRow.person("m1", "Board", "ann@old.example"));
    scene.sync();
    has(SourceRow.person("m1", "Board", "ann@new.example"));
    scene
        .provider()
        .addFault(
            Fault.of("PUT", "/v3/contacts/*", Fault.Effect.STATUS).withStatus(409).withTimes(1));

    assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    check.converged();
    quiet();
  }

  private void has(SourceRow... rows) {
    scene.source().put(rows);
  }

  private String id(String address) {
    return scene.provider().contact(address).orElseThrow().id();
  }

  private static void counts(Runs.Record run, int moved, int created) {
    JsonNode counts = json(run.counts());
    assertThat(run.state()).as(run.error()).isIn(RunState.COMPLETED, RunState.PLANNED);
    assertThat(counts.path("changeAddress").asInt()).as("address changes").isEqualTo(moved);
    assertThat(counts.path("createContact").asInt()).as("created").isEqualTo(created);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is left to be done. */
  private void quiet() {
    scene.provider().clearJournal();
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.provider().journal())
        .as("writes of a run with nothing to do")
        .noneMatch(entry -> entry.path().startsWith("/v3") && !entry.method().equals("GET"));
    check.nothingForbidden();
  }
}
