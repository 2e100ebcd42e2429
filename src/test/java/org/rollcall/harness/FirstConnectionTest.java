package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.plan.PlanView.Entry;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;

/** A fresh hub meets an account that already has contacts and lists. */
class FirstConnectionTest {
  private static final String ANN = "ann@x.example";
  private static final String BOB = "bob@x.example";
  private static final String CAT = "cat@x.example";
  private static final String OUT = "out@x.example";
  private static final String STAFF = "staff@x.example";

  private final Scene scene = Scene.open();
  private final Check check = new Check(scene);

  @BeforeEach
  void before() {
    scene.provider().createContact(ANN, List.of("Board"), Edit.name("First m1", "Last m1"));
    scene.provider().createContact(BOB, List.of("Newsletter"), Edit.name("Robert", "Hand"));
    scene.provider().createContact(OUT, List.of("Board"), Edit.name("Out", "Hand"));
    scene.provider().createContact(STAFF, List.of("Board"), Edit.name("By", "Hand"));
    scene.unsubscribes(OUT);
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", ANN),
            SourceRow.person("m2", "Board", BOB),
            SourceRow.person("m3", "Golf", CAT),
            SourceRow.person("m4", "Board", OUT));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void check_finds_a_token_that_the_provider_takes_no_longer() {
    scene.sync();
    assertThat(Commands.run(scene.home(), "check").code()).isZero();

    scene.provider().revokeTokens();
    scene.provider().expireAccessTokens();

    Commands.Result told = Commands.run(scene.home(), "check");
    assertThat(told.code()).isEqualTo(2);
    assertThat(told.out()).contains("rollcall.accounts.main", "run rollcall connect main");
  }

  @Test
  void a_dry_run_shows_what_would_be_adopted_created_and_left_and_writes_no_link() {
    Runs.Record dry = dryRun();

    JsonNode counts = counts(dry);
    assertThat(counts.path("adoptContact").asLong()).isEqualTo(2);
    assertThat(counts.path("adoptDiffering").asLong()).isEqualTo(1);
    assertThat(counts.path("createContact").asLong()).isEqualTo(1);
    assertThat(counts.path("updateContact").asLong()).isEqualTo(2);
    assertThat(counts.path("addToList").asLong()).isEqualTo(2);
    assertThat(counts.path("adoptMembership").asLong()).isEqualTo(2);
    assertThat(counts.path("adoptList").asLong()).isEqualTo(1);
    assertThat(counts.path("createList").asLong()).isEqualTo(1);
    assertThat(counts.path("foreignContact").asLong()).isEqualTo(1);
    assertThat(counts.path("unsubscribed").asLong()).isEqualTo(1);
    assertThat(scene.hub().plans().entries(dry.id(), 10))
        .extracting(Entry::memberKey, Entry::change, Entry::lists)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("m1", "adopt contact", ""),
            org.assertj.core.groups.Tuple.tuple("m2", "adopt contact", "Board"),
            org.assertj.core.groups.Tuple.tuple("m3", "create contact", "Golf"));
    assertThat(scene.ask("SELECT count(*) FROM list WHERE provider_id IS NOT NULL")).isEqualTo("0");
    assertThat(scene.ask("SELECT count(*) FROM membership WHERE owned")).isEqualTo("0");
    assertThat(scene.provider().lists()).extracting("name").containsOnly("Board", "Newsletter");
  }

  @Test
  void the_first_run_says_the_same_as_the_dry_run_before_it_and_the_second_adopts_nothing() {
    JsonNode foreseen = counts(dryRun());

    Runs.Record first = scene.sync();

    for (String count :
        List.of(
            "adoptContact",
            "adoptDiffering",
            "adoptMembership",
            "createContact",
            "addToList",
            "foreignContact",
            "unsubscribed")) {
      assertThat(counts(first).path(count)).as(count).isEqualTo(foreseen.path(count));
    }
    check.foreign(STAFF);
    check.byHand(STAFF, "Board");
    check.byHand(BOB, "Newsletter");
    check.converged();
    scene.source().put(SourceRow.person("m5", "Board", "new@x.example"));
    scene.source().put(SourceRow.person("m1", "Board", ANN).withName("New", "Name"));
    scene.source().remove(SourceRow.person("m3", "Golf", CAT));
    JsonNode second = counts(scene.sync());
    assertThat(second.path("updateContact").asLong()).isEqualTo(1);
    assertThat(second.path("adoptContact").asLong()).isZero();
    assertThat(second.path("foreignContact").asLong())
        .as("a contact that the sync made is not foreign when its member leaves")
        .isEqualTo(1);
    assertThat(second.path("adoptMembership").asLong()).isZero();
  }

  @Test
  void a_first_run_without_a_dry_run_counts_the_same() {
    JsonNode counts = counts(scene.sync());

    assertThat(counts.path("adoptContact").asLong()).isEqualTo(2);
    assertThat(counts.path("adoptMembership").asLong()).isEqualTo(2);
    assertThat(counts.path("foreignContact").asLong()).isEqualTo(1);
  }

  @Test
  void a_dry_run_claims_nothing_that_a_later_run_would_take_away() {
    dryRun();
    scene.source().remove(SourceRow.person("m1", "Board", ANN));

    scene.sync();

    assertThat(lists(ANN)).containsExactly("Board");
  }

  @Test
  void a_list_renamed_between_the_dry_run_and_the_first_run_is_made_with_everybody_on_it() {
    dryRun();
    scene.provider().renameList("Board", "Directors");

    Runs.Record first = scene.sync(List.of(Job.CONTACTS), Scope.ALL).get(0);

    assertThat(first.state()).isEqualTo(RunState.COMPLETED);
    assertThat(counts(first).path("adoptMembership").asLong()).isZero();

    assertThat(lists(ANN)).containsExactlyInAnyOrder("Board", "Directors");
    assertThat(lists(BOB)).contains("Board");
  }

  @Test
  void a_membership_made_by_hand_stays_through_everything() {
    scene.sync();
    scene.provider().addToList(CAT, "Board");
    check.foreign(STAFF);
    check.byHand(CAT, "Board");

    scene.source().put(SourceRow.person("m3", "Tennis", CAT));
    scene.sync();
    assertThat(lists(CAT)).contains("Board");
    scene.reconcile();
    assertThat(lists(CAT)).contains("Board");
    scene.source().put(SourceRow.person("m3", "Golf", "cat@new.example"));
    scene.source().put(SourceRow.person("m3", "Tennis", "cat@new.example"));
    scene.sync();
    assertThat(lists("cat@new.example")).containsExactlyInAnyOrder("Board", "Golf", "Tennis");
    scene.source().remove(SourceRow.person("m3", "Golf", null));
    scene.source().remove(SourceRow.person("m3", "Tennis", null));
    scene.sync();
    scene.reconcile();

    assertThat(lists("cat@new.example")).containsExactly("Board");
    check.nothingForeignChanged();
  }

  @Test
  void a_membership_made_by_hand_stays_when_staff_gives_the_contact_another_address() {
    scene.set("rollcall.syncs.chamber.address-conflicts", "provider");
    scene.sync();
    scene.provider().addToList(CAT, "Board");
    scene.sync();
    scene.provider().editContact(CAT, Edit.address("cat@theirs.example"));
    scene.sync();
    scene.source().remove(SourceRow.person("m3", "Golf", CAT));

    scene.sync();

    assertThat(lists("cat@theirs.example")).containsExactly("Board");
  }

  @Test
  void who_is_on_a_list_that_the_contacts_job_adopts_is_known_at_once() {
    scene.sync();
    scene.provider().addToList(BOB, "Tennis");
    scene.sync();
    scene.source().put(SourceRow.person("m1", "Tennis", ANN));
    scene.source().put(SourceRow.person("m2", "Tennis", BOB));

    JsonNode counts = counts(scene.sync(List.of(Job.CONTACTS), Scope.ALL).get(0));

    assertThat(counts.path("adoptMembership").asLong()).isEqualTo(1);
    assertThat(counts.path("addToList").asLong()).isEqualTo(1);
  }

  @Test
  void a_membership_made_by_hand_becomes_the_syncs_when_the_source_comes_to_want_it() {
    scene.sync();
    scene.provider().addToList(CAT, "Board");
    scene.sync();
    scene.source().put(SourceRow.person("m3", "Board", CAT));

    JsonNode counts = counts(scene.sync());

    assertThat(counts.path("adoptMembership").asLong()).isEqualTo(1);
    scene.source().remove(SourceRow.person("m3", "Board", CAT));
    scene.sync();
    assertThat(lists(CAT)).containsExactly("Golf");
  }

  @Test
  void a_list_filled_by_staff_loses_who_voted_and_tells_who_was_never_on_it() {
    scene.set("rollcall.syncs.chamber.mode", "remove-only");
    scene.provider().addToList(BOB, "Board");
    scene.source().put(SourceRow.person("m6", "Board", "missing@x.example"));

    JsonNode counts = counts(scene.sync());

    assertThat(counts.path("notFound").asLong()).isEqualTo(2); // m6, and m3 on the new list Golf
    assertThat(counts.path("members").asLong())
        .isEqualTo(counts.path("eligible").asLong() + counts.path("notApplicable").asLong());
    assertThat(scene.provider().contact("missing@x.example")).isEmpty();
    assertThat(lists(STAFF)).isEmpty();
    assertThat(scene.status("m6", "Board"))
        .extracting(s -> s.status() + ": " + s.reason())
        .isEqualTo("not applicable: not found on the list");
    assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
    scene.source().remove(SourceRow.person("m1", "Board", ANN));
    assertThat(counts(scene.sync()).path("notFound").asLong()).isEqualTo(2);
    assertThat(lists(ANN)).isEmpty();
    assertThat(counts(scene.sync()).path("notFound").asLong()).isEqualTo(2);
    scene.closeHub();
    assertThat(Commands.run(scene.home(), "status", "chamber").out())
        .contains("2 members not found on their list");
  }

  private Runs.Record dryRun() {
    return scene.sync(Scene.BOTH, new Scope(null, null, true)).get(1);
  }

  private static JsonNode counts(Runs.Record run) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(run.counts());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> lists(String address) {
    return scene.provider().contact(address).orElseThrow().lists();
  }
}
