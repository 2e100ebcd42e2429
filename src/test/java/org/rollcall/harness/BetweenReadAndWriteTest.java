package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Fault;
import org.rollcall.sandbox.SandboxOptions;
import org.rollcall.sandbox.SandboxOptions.Rules;

/** Somebody else changes the account while the hub reads and writes it (failures D5, D23, D26). */
class BetweenReadAndWriteTest {
  private static final String IMPORT = "contacts_json_import";
  private static final String REMOVE = "remove_list_memberships";

  /** Ten on the board, of whom one is to leave it and one is to be renamed. */
  private static Scene aboutToChange() {
    Scene scene = Scene.open();
    put(scene, "m", 10, "Board");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.source().remove(SourceRow.person("m1", "Board", null));
    scene.source().put(SourceRow.person("m2", "Board", "m2@example.org").withName("New", "Name"));
    return scene;
  }

  private static void put(Scene scene, String prefix, int count, String group) {
    scene
        .source()
        .put(
            IntStream.range(0, count)
                .mapToObj(i -> SourceRow.person(prefix + i, group, prefix + i + "@example.org"))
                .toList());
  }

  /** Acts once, at the moment at which the hub makes its first call of this kind. */
  private static void onFirst(Tap tap, String call, Runnable act) {
    AtomicInteger seen = new AtomicInteger();
    tap.watch(
        new Tap.Watch() {
          @Override
          public boolean arrived(int number, String what) {
            if (what.endsWith(call) && seen.incrementAndGet() == 1) {
              act.run();
            }
            return true;
          }
        });
  }

  private static void becomesRight(Scene scene) {
    assertThat(scene.syncUntilCompleted(3).state()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    Check check = new Check(scene);
    check.converged();
    check.statuses();
  }

  // D26

  @ParameterizedTest
  @ValueSource(strings = {IMPORT, REMOVE})
  void a_contact_deleted_before_the_call_about_it_is_made_again_only_if_it_is_wanted(String call) {
    try (Scene scene = aboutToChange();
        Tap tap = scene.tap()) {
      scene.closeHub();
      onFirst(
          tap,
          call,
          () -> {
            scene.provider().deleteContact("m1@example.org");
            scene.provider().deleteContact("m2@example.org");
          });

      becomesRight(scene);

      assertThat(scene.provider().contact("m1@example.org").orElseThrow().deleted()).isTrue();
      assertThat(scene.provider().contact("m2@example.org").orElseThrow().deleted()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPORT, REMOVE})
  void a_contact_that_opts_out_and_is_deleted_before_the_call_stays_out(String call) {
    try (Scene scene = aboutToChange();
        Tap tap = scene.tap()) {
      scene.closeHub();
      onFirst(
          tap,
          call,
          () -> {
            scene.unsubscribes("m2@example.org");
            scene.provider().deleteContact("m2@example.org");
          });

      assertThat(scene.syncUntilCompleted(3).state()).isEqualTo(RunState.COMPLETED);

      new Check(scene).nobodyResubscribed();
      assertThat(scene.status("m2", "Board").status()).isEqualTo("unsubscribed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPORT, REMOVE})
  void a_contact_deleted_and_made_anew_by_staff_before_the_call_is_found_again(String call) {
    try (Scene scene = aboutToChange();
        Tap tap = scene.tap()) {
      scene.closeHub();
      onFirst(
          tap,
          call,
          () -> {
            for (String address : List.of("m1@example.org", "m2@example.org")) {
              scene.provider().deleteContact(address);
              scene.provider().createContact(address, List.of("Board"), Edit.name("By", "Hand"));
            }
          });

      assertThat(scene.syncUntilCompleted(3).state()).isEqualTo(RunState.COMPLETED);
      Check check = new Check(scene);
      check.either("m1@example.org", "Board");
      check.converged();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPORT, REMOVE})
  void a_contact_whose_address_staff_changes_before_the_call_takes_nobody_off(String call) {
    try (Scene scene = aboutToChange();
        Tap tap = scene.tap()) {
      scene.closeHub();
      onFirst(
          tap,
          call,
          () -> {
            scene.provider().editContact("m3@example.org", Edit.address("three@example.net"));
            scene.provider().editContact("m2@example.org", Edit.address("two@example.net"));
          });

      assertThat(scene.syncUntilCompleted(3).state()).isEqualTo(RunState.COMPLETED);

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      for (String wanted : List.of("m2@example.org", "m3@example.org")) {
        assertThat(scene.provider().contact(wanted).orElseThrow().lists()).containsExactly("Board");
      }
    }
  }

  // D5

  @Test
  void a_list_that_staff_makes_at_the_same_moment_is_taken_and_not_made_twice() {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      put(scene, "m", 3, "Board");
      AtomicInteger reads = new AtomicInteger();
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean answered(int number, String what) {
              if (what.equals("GET /v3/contact_lists") && reads.incrementAndGet() == 1) {
                scene.provider().createList("Board");
              }
              return true;
            }
          });

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      assertThat(tap.calls()).as("the provider was asked").contains("POST /v3/contact_lists");
      assertThat(scene.provider().lists()).hasSize(1);
      new Check(scene).converged();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPORT, REMOVE})
  void a_conflict_ends_the_run_with_its_reason_and_the_next_decides_anew(String call) {
    try (Scene scene = aboutToChange()) {
      scene.provider().addFault(Fault.status("POST", "/v3/activities/" + call, 409));
      Runs.Record failed = scene.sync();
      assertThat(failed.state()).isEqualTo(RunState.FAILED);
      assertThat(failed.error()).contains("the provider holds something else");

      becomesRight(scene);
    }
  }

  // D23

  /** Staff's own 1,100 people on the board, thirty of whom the source wants there. */
  private static Scene largeAccount(SandboxOptions options) {
    Scene scene = Scene.open(options);
    for (int i = 0; i < 1_100; i++) {
      scene
          .provider()
          .createContact("h" + i + "@example.org", List.of("Board"), Edit.name("By", "Hand"));
    }
    scene.unsubscribes("h500@example.org");
    put(scene, "h", 10, "Board");
    for (int i = 490; i < 510; i++) {
      scene.source().put(SourceRow.person("h" + i, "Board", "h" + i + "@example.org"));
    }
    return scene;
  }

  private static Check byHand(Scene scene) {
    Check check = new Check(scene);
    for (int i = 0; i < 1_100; i++) {
      check.byHand("h" + i + "@example.org", "Board");
    }
    return check;
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410, 500})
  void a_reading_whose_second_page_does_not_come_changes_nothing(int status) {
    try (Scene scene = largeAccount(Scene.quick())) {
      scene
          .provider()
          .addFault(Fault.status("GET", "/v3/contacts", status).withSkip(1).withTimes(-1));
      Runs.Record failed = scene.sync();
      assertThat(failed.state()).isEqualTo(RunState.FAILED);
      assertThat(failed.error()).contains("reading contacts");
      assertThat(scene.ask("SELECT count(*) FROM contact")).as("contacts known").isEqualTo("0");
      assertThat(scene.provider().journal())
          .noneMatch(e -> e.path().contains("/activities/") && e.method().equals("POST"));

      scene.provider().clearFaults();

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      byHand(scene).converged();
    }
  }

  @Test
  void rows_that_paging_loses_cost_nobody_a_membership_and_bring_nobody_back() {
    Rules lossy = new Rules(true, false, 1_000, 0, false, true, true);
    try (Scene scene = largeAccount(Scene.quick().withRules(lossy))) {
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      scene.source().remove(SourceRow.person("h499", "Board", null));
      scene.source().remove(SourceRow.person("h501", "Board", null));

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      Check check = byHand(scene);
      check.either("h499@example.org", "Board");
      check.either("h501@example.org", "Board");
      check.converged();
      assertThat(scene.status("h500", "Board").status()).isEqualTo("unsubscribed");
    }
  }

  @Test
  void what_changes_behind_the_page_that_was_read_is_found_by_the_next_run() {
    try (Scene scene = largeAccount(Scene.quick());
        Tap tap = scene.tap()) {
      AtomicInteger pages = new AtomicInteger();
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean answered(int number, String what) {
              if (what.equals("GET /v3/contacts") && pages.incrementAndGet() == 1) {
                scene.provider().deleteContact("h3@example.org");
                scene.unsubscribes("h4@example.org");
                scene.provider().removeFromList("h5@example.org", "Board");
                scene.provider().createContact("late@example.org", List.of("Board"), LATE);
              }
              return true;
            }
          });

      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);

      Check check = byHand(scene);
      check.byHand("late@example.org", "Board");
      check.converged();
      check.statuses();
    }
  }

  private static final Edit LATE = Edit.name("Late", "Comer");
}
