package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.drop.MemberFile;
import org.rollcall.drop.Reception;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.Edit;

/** Files of members: what is taken, what is refused, and what nobody may conclude from them. */
class DropsTest {
  private static final String HEADER = "member_key,group,email,first_name,last_name\n";
  private static final String ANN = "m1,Board,ann@x.example,Ann,Able\n";
  private static final String BOB = "m2,Board,bob@x.example,Bob,Baker\n";
  private static final String CAT = "m3,Board,cat@x.example,Cat,Clark\n";
  private static final String DAN = "m4,Board,dan@x.example,Dan,Drew\n";
  private static final String ALL = HEADER + ANN + BOB + CAT + DAN;

  private final Scene scene = Scene.open();
  private final Drop drop = new Drop(scene);

  @BeforeEach
  void guardIsOff() {
    scene.guard("100%");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Set<String> board() {
    return on("Board");
  }

  private Set<String> on(String list) {
    return scene.provider().membersOf(list, 100).stream()
        .map(contact -> String.valueOf(contact.address()))
        .collect(Collectors.toSet());
  }

  @Test
  void a_full_list_makes_members_come_change_and_leave() {
    Entry first = drop.take("members.csv", ALL);

    assertThat(first.state()).isEqualTo("done");
    assertThat(first.whole()).isTrue();
    assertThat(drop.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(board())
        .containsExactlyInAnyOrder(
            "ann@x.example", "bob@x.example", "cat@x.example", "dan@x.example");

    drop.take("members.csv", HEADER + ANN + "m2,Board,robert@x.example,Bob,Baker\n" + CAT);

    assertThat(board())
        .containsExactlyInAnyOrder("ann@x.example", "robert@x.example", "cat@x.example");
    assertThat(drop.names("")).isEmpty();
    assertThat(drop.names("taken")).isEmpty();
    assertThat(drop.names("done")).hasSize(2).allMatch(name -> name.endsWith(".csv"));
  }

  @Test
  void without_a_new_file_the_members_stand_as_the_last_one_left_them() {
    assertThat(scene.sync().error()).contains("has not been given a file of members yet");
    drop.take("members.csv", ALL);
    scene.provider().removeFromList("bob@x.example", "Board");

    scene.reconcile();

    assertThat(board()).contains("bob@x.example").hasSize(4);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void the_same_content_again_is_a_recorded_no_op_whatever_its_name() {
    drop.take("members.csv", ALL);
    long runs = drop.run().id();

    Entry again = drop.take("renamed.csv", ALL);

    assertThat(again.state()).isEqualTo("repeated");
    assertThat(again.reason()).contains("members.csv");
    assertThat(again.file()).isEqualTo("renamed.csv");
    assertThat(drop.run().id()).isEqualTo(runs);
    assertThat(drop.names("done")).hasSize(2);
  }

  @Test
  void an_older_export_after_a_newer_one_is_refused_unless_it_is_forced() {
    drop.take("members-2026-03-02.csv", ALL);

    Entry older = drop.take("members-2026-03-01.csv", HEADER + ANN);

    assertThat(older.state()).isEqualTo("refused");
    assertThat(older.reason()).contains("2026-03-01").contains("members-2026-03-02.csv");
    assertThat(board()).hasSize(4);
    assertThat(drop.names("failed")).containsExactly(older.keptAs());
    Path kept = drop.folder().resolve("failed").resolve(String.valueOf(older.keptAs()));
    assertThat(drop.importFile(kept, true, false).file().takenOver()).isTrue();
  }

  @Test
  void
      without_dates_an_old_copy_is_known_by_its_time_and_a_younger_one_with_the_same_content_is_taken() {
    Instant monday = Instant.parse("2026-03-02T08:00:00Z");
    Drop.touch(drop.put("a.csv", ALL), monday);
    drop.look();
    Drop.touch(drop.put("b.csv", HEADER + ANN + BOB + CAT), monday.plusSeconds(86_400));
    drop.look();

    Drop.touch(drop.put("copy.csv", ALL), monday);
    assertThat(drop.look().get(0).state()).isEqualTo("refused");
    assertThat(board()).hasSize(3);

    Drop.touch(drop.put("again.csv", ALL), monday.plusSeconds(2 * 86_400));
    assertThat(drop.look().get(0).state()).isEqualTo("done");
    assertThat(board()).hasSize(4);
  }

  @Test
  void additions_make_nobody_leave() {
    drop.take("members.csv", ALL);
    drop.set("content", "additions");
    scene.closeHub();

    Entry more = drop.take("more.csv", HEADER + "m5,Board,eve@x.example,Eve,East\n");

    assertThat(more.state()).isEqualTo("done");
    assertThat(board()).hasSize(5).contains("eve@x.example");
  }

  @Test
  void a_removal_list_takes_away_by_key_or_address_and_nobody_else() {
    drop.take("members.csv", ALL);
    drop.set("content", "removals");
    scene.closeHub();

    drop.take("gone.csv", "member_key,email\nm1,\nunknown,BOB@x.example\n");

    assertThat(board()).containsExactlyInAnyOrder("cat@x.example", "dan@x.example");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(board()).containsExactlyInAnyOrder("cat@x.example", "dan@x.example");
  }

  @Test
  void those_who_have_voted_leave_a_reminder_list_that_staff_filled() {
    scene.set("rollcall.syncs.chamber.mode", "remove-only");
    scene.set("rollcall.syncs.chamber.list-name", "Reminder");
    drop.set("content", "removals").set("key", "email").set("columns.Voter", "email");
    for (String voter : List.of("v1@x.example", "v2@x.example", "v3@x.example")) {
      scene.provider().createContact(voter, List.of("Reminder", "News"), Edit.name("A", "Voter"));
    }

    drop.take("voted.csv", "Voter\nv1@x.example\nelsewhere@x.example\n");

    assertThat(on("Reminder")).containsExactlyInAnyOrder("v2@x.example", "v3@x.example");
    assertThat(on("News")).hasSize(3);
  }

  @Test
  void a_file_with_far_fewer_rows_adds_and_changes_and_nobody_leaves() {
    drop.take("members.csv", ALL);

    Entry cut = drop.take("cut.csv", HEADER + "m1,Board,anna@x.example,Ann,Able\n");

    assertThat(cut.state()).isEqualTo("done");
    assertThat(cut.whole()).isFalse();
    assertThat(cut.reason()).contains("less than 50 %");
    assertThat(drop.run().state()).isEqualTo(RunState.PARTIAL);
    assertThat(drop.run().error()).contains("cut.csv is not complete");
    assertThat(board()).hasSize(4).contains("anna@x.example");
    assertThat(drop.take("members.csv", ALL).whole()).isTrue();
  }

  @Test
  void a_file_without_rows_empties_nothing() {
    drop.take("members.csv", ALL);

    Entry empty = drop.take("empty.csv", HEADER);

    assertThat(empty.whole()).isFalse();
    assertThat(board()).hasSize(4);
  }

  @Test
  void a_trailer_that_is_missing_or_counts_otherwise_makes_the_file_incomplete() {
    drop.set("trailer", "END,(\\\\d+)");
    assertThat(drop.take("1.csv", ALL + "END,0004\n").whole()).isTrue();
    assertThat(drop.take("2.csv", HEADER + ANN + BOB + CAT).whole()).isFalse();
    assertThat(drop.take("3.csv", HEADER + ANN + BOB + CAT + "END,4\n").reason())
        .contains("its last line tells of 4 rows, and there are 3");
    assertThat(board()).hasSize(4);
  }

  @Test
  void refused_rows_stand_in_a_report_and_a_dead_letter_and_their_members_stay() {
    drop.set("max-refused", "50%");
    drop.take("members.csv", ALL);

    Entry some = drop.take("some.csv", HEADER + ANN + "m2,Board\n" + CAT + DAN);

    assertThat(some.state()).isEqualTo("done");
    assertThat(some.rowsRefused()).isEqualTo(1);
    assertThat(board()).hasSize(4);
    assertThat(drop.text("done/" + some.keptAs() + ".report.csv"))
        .startsWith("line,column,value,reason\r\n3,");
    assertThat(scene.hub().deadLetters().open(Scene.SYNC))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo("file");
              assertThat(letter.cause()).contains("1 of 4 rows of some.csv");
              assertThat(letter.payload()).doesNotContain("m2");
            });
  }

  @Test
  void a_file_that_is_refused_lies_in_failed_and_can_be_taken_again_after_a_change_of_settings() {
    Entry refused = drop.take("members.csv", ALL.replace("member_key", "number of our own"));

    assertThat(refused.state()).isEqualTo("refused");
    assertThat(refused.reason()).contains("member_key");
    assertThat(scene.provider().list("Board")).isEmpty();
    assertThat(drop.names("failed")).containsExactly(refused.keptAs());

    drop.set("columns.number of our own", "member_key");
    scene.closeHub();
    scene.hub().reception().replay(refused.id(), scene.runner(), Progress.NONE);

    assertThat(drop.entries().get(0).state()).isEqualTo("done");
    assertThat(board()).hasSize(4);
    assertThat(drop.names("failed")).isEmpty();
  }

  @Test
  void a_dry_run_shows_everything_and_leaves_nothing_behind() {
    drop.take("members.csv", ALL);
    String before = state();
    Path file = drop.put("next.csv", HEADER + ANN + BOB + "m5,Board,eve@x.example,Eve,East\n");

    Drop.Imported dry = drop.importFile(file, false, true);

    MemberFile seen = dry.file();
    assertThat(seen.recognised()).isPresent();
    assertThat(seen.firstRows()).hasSize(3);
    assertThat(seen.firstRows().get(2).cells()).containsEntry("email", "eve@x.example");
    assertThat(seen.foreseen())
        .extracting(entry -> entry.change() + " " + entry.memberKey())
        .containsExactlyInAnyOrder(
            "create contact m5", "remove from list m3", "remove from list m4");
    assertThat(dry.runs().get(0).state()).isEqualTo(RunState.PLANNED);
    assertThat(dry.runs().get(0).counts())
        .contains("\"removeFromList\": 2", "\"createContact\": 1");
    assertThat(dry.runs().get(0).forecast()).contains("\"calls\": 5");
    assertThat(state()).isEqualTo(before);
    assertThat(board()).hasSize(4);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(board()).hasSize(4);
  }

  private String state() {
    return scene.ask(
            "SELECT string_agg(m::text, '|' ORDER BY member_key, group_name) FROM member m")
        + scene.ask("SELECT count(*) FROM drop_file")
        + scene.ask("SELECT string_agg(k::text, '|' ORDER BY address) FROM membership k");
  }

  @Test
  void a_run_that_fails_before_it_has_read_keeps_the_file_in_hand_for_the_next_look()
      throws Exception {
    scene.write("data/staging", "a file where a folder should be");

    Entry waits = drop.take("members.csv", ALL);

    assertThat(waits.state()).isEqualTo("taken");
    assertThat(drop.names("taken")).containsExactly(Long.toString(waits.id()));

    scene.closeHub();
    Files.delete(scene.home().resolve("data/staging"));
    assertThat(drop.look().get(0).state()).isEqualTo("done");
    assertThat(board()).hasSize(4);
  }

  @Test
  void what_was_settled_and_not_filed_away_before_a_crash_is_filed_by_the_next_look()
      throws Exception {
    Entry done = drop.take("members.csv", ALL);
    Files.move(
        drop.folder().resolve("done").resolve(String.valueOf(done.keptAs())),
        drop.folder().resolve("taken").resolve(Long.toString(done.id())));

    drop.look();

    assertThat(drop.names("done")).containsExactly(done.keptAs());
    assertThat(drop.names("taken")).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_taken_or_filed_away_is_tried_again_and_taken_over_once()
      throws Exception {
    drop.put("members.csv", ALL);
    Files.writeString(drop.folder().resolve("taken"), "a file where a folder should be");
    assertThat(drop.look()).isEmpty();
    assertThat(drop.names("")).contains("members.csv");

    Files.delete(drop.folder().resolve("taken"));
    Files.writeString(drop.folder().resolve("done"), "a file where a folder should be");
    Entry done = drop.look().get(0);
    assertThat(done.state()).isEqualTo("done");
    assertThat(drop.names("taken")).hasSize(1);
    long runs = drop.run().id();

    Files.delete(drop.folder().resolve("done"));
    drop.look();
    assertThat(drop.names("taken")).isEmpty();
    assertThat(drop.names("done")).containsExactly(done.keptAs());
    assertThat(drop.run().id()).isEqualTo(runs);
  }

  @Test
  void what_vanished_while_it_was_in_hand_is_told_and_nothing_is_concluded_from_it()
      throws Exception {
    drop.take("members.csv", ALL);
    Files.delete(scene.home().resolve("data/staging"));
    scene.write("data/staging", "a file where a folder should be");
    Entry waits = drop.take("next.csv", HEADER + ANN);
    assertThat(waits.state()).isEqualTo("taken");
    Files.delete(drop.folder().resolve("taken").resolve(Long.toString(waits.id())));
    Files.delete(scene.home().resolve("data/staging"));
    scene.closeHub();

    drop.look();

    assertThat(board()).hasSize(4);
    assertThat(drop.entries().get(0).state()).isEqualTo("refused");
    assertThat(drop.entries().get(0).reason()).contains("vanished");
  }

  @Test
  void two_hubs_take_a_file_once() throws Exception {
    try (var other = scene.another(java.util.Map.of())) {
      Reception here = scene.hub().reception();
      Reception there = other.reception();
      here.serve(scene.runner());
      var syncs = other.syncs();
      there.serve(syncs::take);
      for (int i = 0; i < 5; i++) {
        drop.put(
            "members-" + i + ".csv",
            HEADER + ANN + "m" + (10 + i) + ",Board,x" + i + "@x.example,X,Y\n");
      }

      Thread first = new Thread(() -> here.files(Drop.NAME).forEach(here::take));
      Thread second = new Thread(() -> there.files(Drop.NAME).forEach(there::take));
      first.start();
      second.start();
      first.join();
      second.join();
      while (drop.entries().stream().anyMatch(entry -> entry.state().equals("taken"))) {
        there.files(Drop.NAME).forEach(there::take);
      }
    }

    assertThat(drop.entries()).hasSize(5).allMatch(entry -> entry.state().equals("done"));
    assertThat(drop.names("done")).hasSize(5);
  }

  @Test
  void kept_files_are_deleted_when_their_time_is_over_and_the_proof_stays() {
    drop.take("members.csv", ALL);
    assertThat(drop.names("done")).hasSize(1);
    drop.set("keep", "0ms");
    scene.closeHub();

    drop.look();

    assertThat(drop.names("done")).isEmpty();
    assertThat(drop.entries().get(0).deletedAt()).isNotNull();
  }

  @Test
  void an_import_by_hand_leaves_the_file_where_it_is() {
    Path file = drop.put("by-hand.csv.part", ALL);

    assertThat(drop.importFile(file, false, false).runs())
        .extracting(Runs.Record::state)
        .containsExactly(RunState.COMPLETED, RunState.COMPLETED);

    assertThat(file).exists();
    assertThat(board()).hasSize(4);
    assertThat(drop.importFile(file, false, false).file().repeated()).isNotNull();
  }

  @Test
  void there_is_no_such_drop() {
    assertThatThrownBy(() -> scene.hub().reception().files("typo"))
        .hasMessageContaining("there is no drop typo; the drops are members");
  }
}
