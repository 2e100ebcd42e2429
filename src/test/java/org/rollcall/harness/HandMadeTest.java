package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import org.rollcall.handmade.HandMade.Entry;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.handmade.Households.Household;
import org.rollcall.handmade.Households.InGroup;
import org.rollcall.handmade.Households.Member;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.verify.Balance;
import org.rollcall.verify.Statuses.ByHand;
import org.rollcall.verify.Statuses.MemberStatus;

/** Memberships that staff make by hand in the hub, beside the source's groups. */
class HandMadeTest {
  private static final String ANN = "ann@x.example";
  private static final String BOB = "bob@x.example";

  private final Scene scene = Scene.open();
  private final Check check = new Check(scene);

  @BeforeEach
  void members() {
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", ANN),
            SourceRow.person("m2", "Golf", BOB),
            SourceRow.person("m3", "Golf", "cyd@x.example"));
    completed();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Runs.Record completed() {
    Runs.Record run = scene.sync();
    assertThat(run.state()).as(run.error() + " " + run.heldReason()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.hub().balance().members(Scene.SYNC)).matches(Balance.Members::addsUp);
    return run;
  }

  private void right() {
    completed();
    check.converged();
    check.statuses();
  }

  private List<String> lists(String address) {
    return scene.provider().contact(address).orElseThrow().lists().stream().sorted().toList();
  }

  @Test
  void who_is_put_into_a_group_gets_on_its_list_with_the_next_run_and_it_says_who_did_so() {
    Answer answer = scene.hands().add("board", "m2", "m2", " m3 ");

    assertThat(answer.group()).isEqualTo("Board");
    assertThat(answer.newGroup()).isFalse();
    assertThat(answer.saved()).isTrue();
    assertThat(answer.changed()).isEqualTo(2);
    assertThat(lists(BOB)).containsExactly("Golf");

    scene.hands().remove("Board", "m3");
    right();

    assertThat(lists(BOB)).containsExactly("Board", "Golf");
    MemberStatus status = scene.status("m2", "Board");
    assertThat(status.status()).isEqualTo("synced");
    assertThat(status.byHand()).isNotNull().extracting(ByHand::by).isEqualTo("anna");
    assertThat(scene.status("m2", "Golf").byHand()).isNull();
    assertThat(scene.hub().handMade().entries(Scene.SYNC, "Board", 10))
        .extracting(Entry::memberKey, Entry::by, Entry::takenBy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("m2", "anna", null),
            org.assertj.core.groups.Tuple.tuple("m3", "anna", "bert"));
  }

  @Test
  void a_sync_of_the_member_alone_brings_it_at_once() {
    scene.hands().add("Board", "m2", "m3");

    scene.sync(List.of(Job.CONTACTS), new Scope(null, "m2", false));

    assertThat(lists(BOB)).containsExactly("Board", "Golf");
    assertThat(lists("cyd@x.example")).containsExactly("Golf");
    right();
  }

  @Test
  void of_two_who_add_the_same_members_at_once_one_finds_them_known() throws Exception {
    List<String> keys = IntStream.range(0, 2_000).mapToObj(i -> "n" + i).toList();
    scene
        .source()
        .put(keys.stream().map(key -> SourceRow.person(key, "Golf", key + "@x.example")).toList());
    completed();
    List<String> backwards = new ArrayList<>(keys);
    Collections.reverse(backwards);
    HandMade handMade = scene.hub().handMade();

    for (int i = 0; i < 5; i++) {
      String group = "New " + i;
      CompletableFuture<Answer> one =
          CompletableFuture.supplyAsync(() -> handMade.add(Scene.SYNC, group, keys, "anna", false));
      CompletableFuture<Answer> other =
          CompletableFuture.supplyAsync(
              () -> handMade.add(Scene.SYNC, group, backwards, "bert", false));

      assertThat(List.of(one.get(), other.get()))
          .allMatch(Answer::saved)
          .extracting(Answer::changed)
          .containsExactlyInAnyOrder(2_000L, 0L);
    }
  }

  @Test
  void it_survives_readings_of_the_source_that_know_nothing_of_it() {
    scene.hands().add("Board", "m2");
    right();
    scene.provider().clearJournal();

    right();
    assertThat(scene.provider().journal())
        .as("writes of a run with nothing to do")
        .noneMatch(entry -> entry.path().startsWith("/v3") && !entry.method().equals("GET"));
    String written = scene.ask("SELECT xmin::text FROM member WHERE by_hand");
    scene.source().put(SourceRow.person("m4", "Golf", "dora@x.example"));
    right();

    assertThat(scene.ask("SELECT xmin::text FROM member WHERE by_hand"))
        .as("who wrote the row last")
        .isEqualTo(written);
    assertThat(lists(BOB)).containsExactly("Board", "Golf");
  }

  @Test
  void taking_it_away_takes_the_contact_off_the_list() {
    scene.hands().add("Board", "m2");
    right();

    assertThat(scene.hands().remove("Board", "m2").changed()).isEqualTo(1);
    right();

    assertThat(lists(BOB)).containsExactly("Golf");
    assertThat(scene.statuses())
        .noneMatch(s -> s.memberKey().equals("m2") && s.group().equals("Board"));
  }

  @Test
  void when_the_source_says_the_same_taking_away_one_side_keeps_the_other() {
    scene.hands().add("Board", "m2");
    right();
    SourceRow same = SourceRow.person("m2", "Board", BOB);
    scene.source().put(same);
    right();
    assertThat(scene.status("m2", "Board").byHand()).isNotNull();

    scene.source().remove(same);
    right();
    assertThat(lists(BOB)).containsExactly("Board", "Golf");

    scene.source().put(same);
    right();
    assertThat(scene.hands().remove("Board", "m2").inSource()).isEqualTo(1);
    right();
    assertThat(lists(BOB)).containsExactly("Board", "Golf");

    scene.source().remove(same);
    right();
    assertThat(lists(BOB)).containsExactly("Golf");
  }

  @Test
  void a_group_of_its_own_gets_a_list_of_its_own() {
    Answer answer = scene.hands().add("Christmas cards", "m1", "m2");
    assertThat(answer.newGroup()).isTrue();
    assertThat(answer.selected()).isTrue();

    right();

    assertThat(scene.provider().list("Christmas cards").orElseThrow().members()).isEqualTo(2);
    scene.hands().remove("Christmas cards", "m1", "m2");
    right();
    assertThat(scene.provider().list("Christmas cards").orElseThrow().members()).isZero();
  }

  @Test
  void whoever_leaves_the_source_leaves_the_list_and_is_back_on_it_when_they_come_back() {
    scene.hands().add("Board", "m2");
    right();
    SourceRow bob = SourceRow.person("m2", "Golf", BOB);

    scene.source().remove(bob);
    right();
    assertThat(lists(BOB)).isEmpty();
    assertThat(scene.hub().handMade().entries(Scene.SYNC, null, 10)).hasSize(1);

    scene.source().put(bob);
    right();
    assertThat(lists(BOB)).containsExactly("Board", "Golf");
  }

  @Test
  void a_change_of_the_member_at_the_source_is_taken_over() {
    scene.hands().add("Board", "m2");
    right();

    scene
        .source()
        .put(SourceRow.person("m2", "Golf", "robert@x.example").withName("Robert", "Stone"));
    right();

    assertThat(lists("robert@x.example")).containsExactly("Board", "Golf");
    assertThat(scene.provider().contact("robert@x.example").orElseThrow().lastName())
        .isEqualTo("Stone");
  }

  @Test
  void an_opt_out_holds_whatever_staff_do() {
    scene.unsubscribes(BOB);
    scene.hands().add("Board", "m2");
    right();
    assertThat(scene.status("m2", "Board").status()).isEqualTo("unsubscribed");
    assertThat(lists(BOB)).doesNotContain("Board");

    scene.source().put(SourceRow.person("m2", "Golf", "robert@x.example"));
    right();
    assertThat(scene.status("m2", "Board").detail()).isEqualTo("under an earlier address");

    scene.source().put(SourceRow.person("m3", "Golf", "cyd@x.example").withOptOut(true));
    scene.hands().add("Board", "m3");
    right();
    assertThat(scene.status("m3", "Board").reason()).isEqualTo("marketing opt-out at the source");
  }

  @Test
  void an_opt_out_in_one_row_of_the_source_counts_for_the_hand_made_one() {
    scene.hands().add("Board", "m3");
    right();

    scene.source().put(SourceRow.person("m3", "Tennis", "cyd@x.example").withOptOut(true));
    right();
    assertThat(scene.status("m3", "Board").reason()).isEqualTo("marketing opt-out at the source");

    scene.source().put(SourceRow.person("m3", "Tennis", "cyd@x.example"));
    right();
    assertThat(scene.status("m3", "Board").status()).isEqualTo("synced");
  }

  @Test
  void what_stands_against_the_member_counts_and_what_stands_against_a_group_does_not() {
    scene
        .source()
        .put(
            SourceRow.person("off", "Golf", "off@x.example").withEnabled(false),
            SourceRow.person("gone", "Golf", "gone@x.example")
                .withEnabled(false)
                .withStatus("lapsed"),
            SourceRow.person("none", "Golf", null));
    completed();

    scene.hands().add("Board", "off", "gone", "none");
    right();

    assertThat(scene.status("off", "Board").status()).isEqualTo("synced");
    assertThat(scene.status("off", "Golf").reason()).isEqualTo("disabled in group");
    assertThat(scene.status("gone", "Board").reason()).isEqualTo("inactive member");
    assertThat(scene.status("none", "Board").reason()).isEqualTo("no e-mail address");
  }

  @Test
  void of_members_who_share_an_address_one_wins_it_in_the_hand_made_group_too() {
    scene.source().put(SourceRow.person("boss", "Tennis", BOB).withRole("primary_contact"));
    completed();

    scene.hands().add("Board", "m2", "boss");
    right();

    assertThat(scene.status("boss", "Board").status()).isEqualTo("synced");
    assertThat(scene.status("m2", "Board").reason()).isEqualTo("shared address");
    scene.hands().remove("Board", "boss");
    right();
    assertThat(scene.status("m2", "Board").status()).isEqualTo("synced");
    assertThat(lists(BOB)).containsExactly("Board", "Golf", "Tennis");
  }

  @Test
  void what_staff_put_on_the_list_at_the_provider_stays_when_the_hand_made_one_goes() {
    scene.provider().createContact("stranger@x.example", List.of("Board"), Edit.name("By", "Hand"));
    check.foreign("stranger@x.example");
    scene.provider().createContact("other@x.example", List.of("News"), Edit.name("By", "Hand"));
    scene.provider().addToList(BOB, "News");
    check.byHand(BOB, "News");

    scene.hands().add("Board", "m2");
    completed();
    scene.hands().remove("Board", "m2");
    completed();

    check.nothingForeignChanged();
    assertThat(lists(BOB)).containsExactly("Golf", "News");
  }

  @Test
  void an_empty_source_takes_nobody_off() {
    scene.hands().add("Board", "m2");
    right();
    List<SourceRow> rows = scene.source().rows();
    scene.source().clear();

    Runs.Record held = scene.sync();

    assertThat(held.state()).isEqualTo(RunState.HELD);
    assertThat(lists(BOB)).containsExactly("Board", "Golf");
    scene.source().put(rows);
    right();
    assertThat(lists(BOB)).containsExactly("Board", "Golf");
  }

  @Test
  void the_guard_holds_too_many_removals_by_hand() {
    scene.hands().add("Cards", "m1", "m2", "m3");
    right();
    scene.closeHub();
    scene.guard("1");

    scene.hands().remove("Cards", "m1", "m2");
    Runs.Record held = scene.sync();

    assertThat(held.state()).isEqualTo(RunState.HELD);
    assertThat(lists(BOB)).contains("Cards");
    assertThat(scene.status("m2", "Cards").status()).isEqualTo("held");
    scene.approve(held);
    assertThat(lists(BOB)).doesNotContain("Cards");
    check.converged();
  }

  @Test
  void undoing_the_run_takes_the_contacts_off_again_and_the_ledger_stays() {
    scene.hands().add("Board", "m2");
    Runs.Record run = completed();

    scene.hub().syncs().undo(Scene.SYNC, run.id(), false, Progress.NONE);

    assertThat(lists(BOB)).containsExactly("Golf");
    Runs.Record next = scene.sync();
    assertThat(next.state()).as("a person decides").isEqualTo(RunState.HELD);
    scene.approve(next);
    assertThat(lists(BOB)).containsExactly("Board", "Golf");
  }

  @Test
  void a_call_with_one_wrong_key_changes_nothing() {
    Answer answer = scene.hands().add("Board", "m2", "nobody", "m3");

    assertThat(answer.saved()).isFalse();
    assertThat(answer.refused().unknown()).isEqualTo(1);
    assertThat(answer.refused().keys()).containsExactly("nobody");
    assertThat(scene.hub().handMade().entries(Scene.SYNC, null, 10)).isEmpty();
    scene.hands().add("Board", "m2");
    assertThat(scene.hands().remove("Board", "m2", "m3").saved()).isFalse();
    assertThat(scene.hub().handMade().entries(Scene.SYNC, null, 10))
        .allMatch(entry -> entry.takenAt() == null);
    assertThat(scene.hands().add("Board", "m2").known()).isEqualTo(1);
  }

  @Test
  void bad_input_is_refused_in_words() {
    HandMade handMade = scene.hub().handMade();
    List<String> tooMany =
        IntStream.rangeClosed(0, HandMade.MOST).mapToObj(Integer::toString).toList();

    assertThatThrownBy(() -> handMade.add(Scene.SYNC, " ", List.of("m1"), "anna", false))
        .hasMessage("the name of a group is empty");
    assertThatThrownBy(() -> handMade.add(Scene.SYNC, "a\nb", List.of("m1"), "anna", false))
        .hasMessage("the name of a group holds a control character");
    assertThatThrownBy(() -> handMade.add(Scene.SYNC, "x".repeat(256), List.of("m1"), "a", false))
        .hasMessageContaining("longer than 255 characters");
    assertThatThrownBy(() -> handMade.add(Scene.SYNC, "Board", List.of("m1"), "", false))
        .hasMessage("the name of a user is empty");
    assertThatThrownBy(() -> handMade.add(Scene.SYNC, "Board", List.of(" "), "anna", false))
        .hasMessage("no keys of members were given");
    assertThatThrownBy(() -> handMade.add(Scene.SYNC, "Board", tooMany, "anna", false))
        .hasMessage("100,001 keys are too many for one call; at most 100,000");
    scene.closeHub();
    scene.set("rollcall.syncs.chamber.mode", "remove-only");
    assertThatThrownBy(() -> scene.hands().add("Board", "m2"))
        .hasMessageContaining("only takes away");
  }

  @Test
  void members_are_found_by_group_status_and_text() {
    scene.unsubscribes(BOB);
    completed();
    HandMade handMade = scene.hub().handMade();

    assertThat(handMade.find(Scene.SYNC, new Filter("Golf", null, null), null, 10).members())
        .extracting(HandMade.Found::memberKey)
        .containsExactly("m2", "m3");
    assertThat(
            handMade.find(Scene.SYNC, new Filter("Golf", "unsubscribed", null), null, 10).members())
        .extracting(HandMade.Found::memberKey)
        .containsExactly("m2");
    assertThat(handMade.find(Scene.SYNC, new Filter(null, null, "LAST M"), "m1", 1).members())
        .extracting(HandMade.Found::memberKey)
        .containsExactly("m2");
    assertThat(handMade.find(Scene.SYNC, new Filter(null, null, "%"), null, 10).members())
        .isEmpty();
  }

  @Test
  void a_household_is_the_tree_and_who_shares_an_address_with_one_of_it() {
    scene
        .source()
        .put(
            SourceRow.company("firm", "Board", "firm@x.example"),
            SourceRow.person("boss", "Board", "boss@x.example").withParent("firm"),
            SourceRow.person("clerk", "Golf", "clerk@x.example").withParent("boss"),
            SourceRow.person("guest", "Golf", "clerk@x.example"),
            SourceRow.person("ring1", "Golf", "r1@x.example").withParent("ring2"),
            SourceRow.person("ring2", "Golf", "r2@x.example").withParent("ring1"));
    completed();
    scene.hands().add("Tennis", "clerk");

    Household household = scene.hub().households().of(Scene.SYNC, "boss", 10);

    assertThat(household.root()).isEqualTo("firm");
    assertThat(household.members())
        .extracting(Member::memberKey, Member::related, Member::depth)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("firm", "tree", 0),
            org.assertj.core.groups.Tuple.tuple("boss", "tree", 1),
            org.assertj.core.groups.Tuple.tuple("clerk", "tree", 2),
            org.assertj.core.groups.Tuple.tuple("guest", "address", 0));
    InGroup waiting = group(household, "clerk", "Tennis");
    assertThat(waiting.pending()).isTrue();
    assertThat(waiting.inSource()).isFalse();
    assertThat(waiting.status()).isEqualTo("pending");
    assertThat(group(household, "clerk", "Golf").inSource()).isTrue();

    completed();
    assertThat(group(scene.hub().households().of(Scene.SYNC, "clerk", 10), "clerk", "Tennis"))
        .matches(g -> !g.pending() && g.status().equals("synced"));
    scene.hands().remove("Tennis", "clerk");
    assertThat(group(scene.hub().households().of(Scene.SYNC, "clerk", 10), "clerk", "Tennis"))
        .matches(g -> g.pending() && g.byHand() == null);
    Household two = scene.hub().households().of(Scene.SYNC, "clerk", 2);
    assertThat(two.more()).isTrue();
    assertThat(two.members()).extracting(Member::memberKey).contains("clerk").hasSize(2);
    assertThat(scene.hub().households().of(Scene.SYNC, "ring1", 10).members()).hasSize(2);
    assertThatThrownBy(() -> scene.hub().households().of(Scene.SYNC, "nobody", 10))
        .isInstanceOf(UnknownScope.class);
  }

  private static InGroup group(Household household, String key, String group) {
    return household.members().stream()
        .filter(member -> member.memberKey().equals(key))
        .flatMap(member -> member.groups().stream())
        .filter(inGroup -> inGroup.group().equals(group))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_removal_list_takes_hand_made_memberships_away_for_good() {
    Drop drop = new Drop(scene);
    scene.closeHub();
    drop.put("all.csv", "member_key,email,group\nm1,ann@x.example,Board\nm2,bob@x.example,Golf\n");
    Commands.run(scene.home(), "import", "chamber", drop.folder().resolve("all.csv").toString());
    scene.hands().add("Board", "m2");
    completed();
    assertThat(lists(BOB)).as("without a new file").containsExactly("Board", "Golf");
    scene.closeHub();

    drop.put("less.csv", "member_key,group\nm2,Board\n");
    Commands.run(
        scene.home(),
        "import",
        "chamber",
        drop.folder().resolve("less.csv").toString(),
        "--content",
        "removals");

    assertThat(lists(BOB)).containsExactly("Golf");
    completed();
    assertThat(lists(BOB)).containsExactly("Golf");
    assertThat(scene.hub().handMade().entries(Scene.SYNC, null, 10))
        .extracting(Entry::takenBy)
        .containsExactly("a removal list");
  }

  @Test
  void whoever_was_forgotten_is_in_no_ledger_and_cannot_be_added() {
    scene.hands().add("Board", "m2");
    right();
    scene.closeHub();

    assertThat(Commands.run(scene.home(), "forget", "m2", "--yes").code()).isZero();

    assertThat(scene.ask("SELECT count(*) FROM hand_made")).isEqualTo("0");
    assertThat(scene.hands().add("Board", "m2").refused().erased()).isEqualTo(1);
    scene.sync();
    Answer again = scene.hands().add("Board", "m2");
    assertThat(again.saved()).isFalse();
    assertThat(again.refused().erased()).isEqualTo(1);
    assertThat(scene.hub().handMade().entries(Scene.SYNC, null, 10)).isEmpty();
  }

  @Test
  void who_has_left_the_source_is_forgotten_in_the_ledger_as_well() {
    scene.hands().add("Board", "m2");
    right();
    scene.source().remove(SourceRow.person("m2", "Golf", BOB));
    right();
    scene.closeHub();

    assertThat(Commands.run(scene.home(), "forget", "m2", "--yes").code()).isZero();

    assertThat(scene.ask("SELECT count(*) FROM hand_made")).isEqualTo("0");
  }

  @Test
  void the_commands_say_what_they_did_and_explain_knows_it() {
    scene.closeHub();
    var added = Commands.run(scene.home(), "add", "chamber", "board", "m2", "--by", "carla");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("Board: 1 added by hand").contains("the next run brings it");
    var refused = Commands.run(scene.home(), "add", "chamber", "Board", "x", "--json").json();
    assertThat(refused.path("refused").path("unknown").asInt()).isEqualTo(1);
    assertThat(Commands.run(scene.home(), "add", "chamber", "Board", "x").code()).isEqualTo(2);
    assertThat(Commands.run(scene.home(), "sync", "chamber", "--member", "m2").code()).isZero();
    assertThat(lists(BOB)).containsExactly("Board", "Golf");
    assertThat(Commands.run(scene.home(), "status", "chamber", "--members").out())
        .contains("[made by hand by carla]");
    assertThat(Commands.run(scene.home(), "explain", "chamber", "--member", "m2").out())
        .contains("Board: the source does not give the member in this group\n")
        .contains("Board: made by hand by carla at 20");
    assertThat(Commands.run(scene.home(), "household", "chamber", "m2").out())
        .contains("Board                      synced [made by hand by carla at 20");
    assertThat(
            Commands.run(scene.home(), "household", "chamber", "m2", "--json")
                .json()
                .path("members"))
        .hasSize(1);
    var dry = Commands.run(scene.home(), "remove", "chamber", "Board", "m2", "--dry-run");
    assertThat(dry.out()).contains("Board: 1 would be taken away").contains("nothing was changed");
    assertThat(Commands.run(scene.home(), "remove", "chamber", "Board", "m2").out())
        .contains("Board: 1 taken away; 0 of them stay");
    assertThat(Commands.run(scene.home(), "add", "chamber", "Board").err())
        .contains("no keys of members were given");
    assertThat(Commands.run(scene.home(), "household", "chamber", "x").code()).isEqualTo(2);
  }
}
