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

  /** Twenty on the board; five are about to be renamed, five to leave. */
  private static void aboutToChange(Scene scene) {
    put(scene, "m", 20, "Board");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    for (int i = 0; i < 5; i++) {
      String address = "m" + i + "@example.org";
      scene.source().put(SourceRow.person("m" + i, "Board", address).withName("New", "Name" + i));
      scene.source().remove(SourceRow.person("m1" + i, "Board", null));
    }
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

  // D26

  @ParameterizedTest
  @ValueSource(strings = {IMPORT, REMOVE})
  void whatever_becomes_of_contacts_right_before_the_call_about_them(String call) {
    try (Scene scene = Scene.open();
        Tap tap = scene.tap()) {
      aboutToChange(scene);
      onFirst(
          tap,
          call,
          () -> {
            deleted(scene, "m0", "m10");
            optedOutAndDeleted(scene, "m1", "m11");
            revived(scene, "m2", "m12");
            givenAnotherAddress(scene, "m3", "m13");
            replaced(scene, "m4", "m14");
          });

      assertThat(scene.syncUntilCompleted(3).state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      Check check = new Check(scene);
      for (String either : List.of("m12@example.org", "m13@example.net", "m14@example.org")) {
        check.either(either, "Board");
      }
      // m1 is gone for good; m3, m4 and m14 have two addresses now, which a person decides about
      assertThat(check.differences(Wanted.of(scene.source().rows())))
          .allMatch(difference -> difference.matches("(m1@example.org|m(3|4|14)@example).*"));
      stillOnTheBoard(scene, "m3");
      stillOnTheBoard(scene, "m4");
      check.nobodyResubscribed();
      assertThat(scene.provider().contact("m1@example.org").orElseThrow().deleted()).isTrue();
      assertThat(scene.status("m1", "Board").status()).isEqualTo("unsubscribed");
    }
  }

  private static void deleted(Scene scene, String... members) {
    for (String member : members) {
      scene.provider().deleteContact(member + "@example.org");
    }
  }

  private static void optedOutAndDeleted(Scene scene, String... members) {
    for (String member : members) {
      scene.unsubscribes(member + "@example.org");
    }
    deleted(scene, members);
  }

  private static void revived(Scene scene, String... members) {
    deleted(scene, members);
    for (String member : members) {
      scene.provider().addToList(member + "@example.org", "Board");
    }
  }

  private static void givenAnotherAddress(Scene scene, String... members) {
    for (String member : members) {
      scene.provider().editContact(member + "@example.org", Edit.address(member + "@example.net"));
    }
  }

  /** Another contact takes the address over. */
  private static void replaced(Scene scene, String... members) {
    givenAnotherAddress(scene, members);
    for (String member : members) {
      String address = member + "@example.org";
      scene.provider().createContact(address, List.of("Board"), Edit.name("By", "Hand"));
    }
  }

  /** The member is on the board under the old address or the new one. */
  private static void stillOnTheBoard(Scene scene, String member) {
    assertThat(scene.provider().contacts(0, Integer.MAX_VALUE))
        .as(member)
        .anyMatch(
            contact ->
                String.valueOf(contact.address()).startsWith(member + "@")
                    && contact.lists().contains("Board"));
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
    try (Scene scene = Scene.open()) {
      aboutToChange(scene);
      scene.provider().addFault(Fault.status("POST", "/v3/activities/" + call, 409));
      Runs.Record failed = scene.sync();
      assertThat(failed.state()).isEqualTo(RunState.FAILED);
      assertThat(failed.error()).contains("the provider holds something else");

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      Check check = new Check(scene);
      check.converged();
      check.statuses();
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
  @ValueSource(ints = {404, 500})
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
      Runs.Record first = scene.sync();
      assertThat(first.state()).isEqualTo(RunState.PARTIAL);
      assertThat(first.error()).contains("the provider counts", "nobody who is missing");
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
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      for (int i = 520; i < 1_100; i++) {
        scene.provider().editContact("h" + i + "@example.org", Edit.name("Two", "Pages"));
      }
      // the first reading is that of opt-outs, the second the first page of changes
      onAnswer(
          tap,
          2,
          () -> {
            deleted(scene, "h3");
            scene.unsubscribes("h4@example.org");
            scene.provider().removeFromList("h5@example.org", "Board");
          });
      scene.sync();
      assertThat(tap.calls()).filteredOn("GET /v3/contacts"::equals).hasSizeGreaterThan(2);

      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);

      Check check = byHand(scene);
      check.forgetByHand("h5@example.org");
      check.converged();
      check.statuses();
    }
  }

  private static void onAnswer(Tap tap, int reading, Runnable act) {
    AtomicInteger readings = new AtomicInteger();
    tap.watch(
        new Tap.Watch() {
          @Override
          public boolean answered(int number, String what) {
            if (what.equals("GET /v3/contacts") && readings.incrementAndGet() == reading) {
              act.run();
            }
            return true;
          }
        });
  }
}
