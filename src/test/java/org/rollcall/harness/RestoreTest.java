package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;

/** The hub's state is put back to an old backup while the provider went on (failure C7). */
class RestoreTest {
  @ParameterizedTest
  @ValueSource(strings = {"a list the backup knows", "a list made since"})
  void after_an_old_backup_everything_is_read_and_nothing_written_before_a_person_approves(
      String golf) {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 20, "Board");
      if (golf.equals("a list the backup knows")) {
        put(scene, 18, 20, "Golf");
      }
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      String backup = scene.backup();
      lostDays(scene);
      put(scene, 30, 32, "Choir");
      long contacts = scene.provider().contactCount();
      scene.provider().clearJournal();

      scene.restore(backup);
      Runs.Record held = scene.sync();

      assertThat(held.state()).isEqualTo(RunState.HELD);
      assertThat(held.heldReason()).contains("the hub's database is older than what was sent last");
      nothingWritten(scene, "before a person approved");
      assertThat(scene.approve(held).state()).isEqualTo(RunState.COMPLETED);
      Check check = new Check(scene);
      check.converged();
      check.statuses();
      assertThat(scene.provider().contactCount()).as("contacts").isEqualTo(contacts + 2);
      assertThat(scene.provider().journal())
          .as("lists that were there already")
          .filteredOn(e -> e.method().equals("POST") && e.path().equals("/v3/contact_lists"))
          .hasSize(1);
      scene.provider().clearJournal();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      nothingWritten(scene, "a run after which nothing changed");
    }
  }

  /** What the provider and the source lived through, and the restored state knows nothing of. */
  private static void lostDays(Scene scene) {
    put(scene, 20, 25, "Board");
    put(scene, 0, 3, "Golf");
    scene.source().remove(SourceRow.person("m4", "Board", null));
    scene.source().put(SourceRow.person("m5", "Board", "m5@example.org").withName("New", "Name"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.unsubscribes("m6@example.org");
    scene.isUnsubscribedByStaff("m21@example.org");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.unsubscribes("m7@example.org");
    scene.provider().deleteContact("m7@example.org");
    scene.provider().deleteContact("m8@example.org");
    scene.source().put(SourceRow.person("m7", "Board", "m7@example.org").withName("More", "News"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void all_opt_outs_are_read_in_full_and_first() {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      put(scene, 0, 3, "Board");
      scene.sync();
      String backup = scene.backup();
      put(scene, 3, 4, "Board");
      scene.sync();
      scene.restore(backup);
      tap.watch(new Tap.Watch() {});

      scene.sync(List.of(Job.CONTACTS), Scope.ALL);

      assertThat(tap.queries())
          .filteredOn(query -> query.contains("status="))
          .first()
          .asString()
          .contains("status=unsubscribed", "optout_after=1970-01-01");
    }
  }

  /** With the embedded database, the files under data go back with it. */
  @ParameterizedTest
  @ValueSource(strings = {"data/sent", ".sent"})
  void one_of_the_two_files_is_enough_to_notice(String lost) {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 3, "Board");
      scene.sync();
      String backup = scene.backup();
      put(scene, 3, 4, "Board");
      scene.sync();

      scene.restore(backup);
      scene.lose(lost);
      put(scene, 4, 5, "Board");

      assertThat(scene.sync().state()).isEqualTo(RunState.HELD);
    }
  }

  @Test
  void a_restore_after_which_nothing_was_sent_holds_nothing() {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 3, "Board");
      scene.sync();
      String backup = scene.backup();
      scene.sync();
      put(scene, 3, 4, "Board");
      scene.sync(Scene.BOTH, new Scope(null, null, true));

      scene.restore(backup);

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  @Test
  void a_restored_state_that_has_nothing_to_plan_needs_nobody() {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 3, "Board");
      scene.sync();
      String backup = scene.backup();
      put(scene, 3, 4, "Board");
      scene.sync();
      scene.source().remove(SourceRow.person("m3", "Board", null));
      scene.sync();

      scene.restore(backup);

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      put(scene, 4, 5, "Board");
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void what_was_approved_in_the_old_state_is_void_and_another_plan_is_held_anew() {
    try (Scene scene = Scene.open().guard("1")) {
      put(scene, 0, 9, "Board");
      scene.sync();
      for (int i = 5; i < 9; i++) {
        scene.source().remove(SourceRow.person("m" + i, "Board", null));
      }
      Runs.Record held = scene.sync();
      scene.hub().runs().decide(held.id(), "approved", "somebody");
      String backup = scene.backup();
      put(scene, 9, 10, "Board");
      scene.sync();

      scene.restore(backup);

      Runs.Record again = scene.sync();
      assertThat(again.state()).isEqualTo(RunState.HELD);
      assertThat(again.heldReason()).contains("older than what was sent");
      assertThat(scene.hub().drift().latest(Scene.SYNC, null).orElseThrow().run())
          .as("everything was read back")
          .isEqualTo(again.id());
      put(scene, 20, 21, "Board");
      assertThat(scene.approve(again).state()).as("not what was approved").isEqualTo(RunState.HELD);
    }
  }

  @Test
  void nothing_is_undone_from_an_older_state() {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 3, "Board");
      Runs.Record first = scene.sync();
      String backup = scene.backup();
      put(scene, 3, 4, "Board");
      scene.sync();

      scene.restore(backup);

      List<Runs.Record> undo = scene.sync(List.of(Job.UNDO), Scope.undo(first.id(), false));
      assertThat(undo.get(0).state()).isEqualTo(RunState.FAILED);
      assertThat(undo.get(0).error()).contains("put back to an older state");
    }
  }

  /** Where the files went back as well, a person has to say it. */
  @Test
  void a_person_says_that_the_database_was_put_back() {
    try (Scene scene = Scene.open()) {
      put(scene, 0, 3, "Board");
      scene.sync();
      put(scene, 3, 4, "Board");
      scene.closeHub();

      Commands.Result said = Commands.run(scene.home(), "restored");

      assertThat(said.code()).as(said.err()).isZero();
      assertThat(said.out()).contains("1 sync:");
      Runs.Record held = scene.sync();
      assertThat(held.state()).isEqualTo(RunState.HELD);
      assertThat(held.counts()).as("a contact and its membership").contains("\"held\": 2");
      assertThat(scene.approve(held).state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  private static void nothingWritten(Scene scene, String when) {
    assertThat(scene.provider().journal())
        .as("writes " + when)
        .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
  }

  private static void put(Scene scene, int from, int to, String group) {
    scene
        .source()
        .put(
            IntStream.range(from, to)
                .mapToObj(i -> SourceRow.person("m" + i, group, "m" + i + "@example.org"))
                .toList());
  }
}
