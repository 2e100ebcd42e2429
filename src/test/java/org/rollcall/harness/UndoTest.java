package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.plan.PlanView.Left;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.ContactView;

/** A run that should not have been is taken back. */
class UndoTest {
  private final Scene scene = Scene.open();

  @BeforeEach
  void members() {
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", "ann@x.example").withName("Ann", "Miller"),
            SourceRow.person("m1", "Golf", "ann@x.example").withName("Ann", "Miller"),
            SourceRow.person("m2", "Board", "bob@x.example").withName("Bob", "Stone"),
            SourceRow.person("m3", "Board", "cyd@x.example").withName("Cyd", "Reed"));
    scene.sync();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void what_a_run_changed_is_as_it_was_before() {
    List<ContactView> before = provider();
    Runs.Record bad = aBadDay();
    assertThat(provider()).isNotEqualTo(before);

    Runs.Record undo = undo(bad, false);

    assertThat(undo.state()).as(undo.error()).isEqualTo(RunState.COMPLETED);
    assertThat(provider()).isEqualTo(before);
    assertThat(left(undo, bad))
        .containsExactly(
            new Left("the contact stays in the account, on none of these lists", 1, List.of("m4")));
  }

  @Test
  void who_lost_an_address_to_another_member_gets_the_contact_back() {
    List<ContactView> before = provider();
    scene
        .source()
        .put(
            SourceRow.person("m4", "Board", "ann@x.example")
                .withName("Dan", "Miller")
                .withRole("primary_contact"));
    Runs.Record bad = scene.sync();
    assertThat(scene.provider().contact("ann@x.example").orElseThrow().firstName())
        .isEqualTo("Dan");

    Runs.Record undo = undo(bad, false);

    assertThat(undo.state()).as(undo.error()).isEqualTo(RunState.COMPLETED);
    assertThat(provider()).isEqualTo(before);
    assertThat(left(undo, bad)).isEmpty();
  }

  @Test
  void a_combined_name_that_ended_with_the_run_comes_back() {
    scene.set("rollcall.syncs.chamber.shared-name", "combine");
    scene.closeHub();
    SourceRow dan = SourceRow.person("m4", "Board", "ann@x.example").withName("Dan", "Miller");
    scene.source().put(dan);
    scene.sync();
    List<ContactView> before = provider();
    scene.source().remove(dan);
    Runs.Record bad = scene.sync();
    assertThat(scene.provider().contact("ann@x.example").orElseThrow().firstName())
        .isEqualTo("Ann");

    undo(bad, false);

    assertThat(scene.provider().contact("ann@x.example").orElseThrow().firstName())
        .isEqualTo("Ann and Dan");
    assertThat(provider()).isEqualTo(before);
  }

  @Test
  void a_dry_run_shows_the_reversal_and_sends_nothing() {
    Runs.Record bad = aBadDay();
    List<ContactView> after = provider();
    scene.provider().clearJournal();

    Runs.Record undo = undo(bad, true);

    assertThat(undo.state()).isEqualTo(RunState.PLANNED);
    assertThat(scene.hub().plans().entries(undo.id(), 9))
        .extracting(entry -> entry.change() + " of " + entry.memberKey())
        .containsExactlyInAnyOrder(
            "remove from list of m4",
            "change address of m2",
            "update contact of m3",
            "add to list of m1");
    assertThat(provider()).isEqualTo(after);
    assertThat(scene.provider().journal()).noneMatch(call -> !call.method().equals("GET"));
  }

  @Test
  void the_same_plan_waits_for_a_person_once_it_was_undone() {
    List<ContactView> before = provider();
    Runs.Record bad = aBadDay();
    List<ContactView> after = provider();
    undo(bad, false);

    Runs.Record again = scene.sync();

    assertThat(again.state()).isEqualTo(RunState.HELD);
    assertThat(again.heldReason()).contains("run " + bad.id() + " was undone");
    assertThat(provider()).isEqualTo(before);
    scene.hub().runs().decide(again.id(), "approved", "somebody");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(provider()).isEqualTo(after);
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void a_source_that_is_put_right_needs_nobody_after_an_undo() {
    List<SourceRow> good = scene.source().rows();
    Runs.Record bad = aBadDay();
    undo(bad, false);
    scene.source().clear();
    scene.source().put(good);

    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    scene.source().put(SourceRow.person("m5", "Board", "eve@x.example"));
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
  }

  @Test
  void who_unsubscribed_since_is_not_brought_back() {
    Runs.Record bad = aBadDay();
    scene.unsubscribes("ann@x.example");

    Runs.Record undo = undo(bad, false);

    assertThat(scene.provider().contact("ann@x.example").orElseThrow().permission())
        .isEqualTo("unsubscribed");
    assertThat(left(undo, bad))
        .contains(
            new Left("unsubscribed since; nothing is sent for this contact", 1, List.of("m1")));
  }

  @Test
  void the_guard_holds_a_reversal_that_removes_too_much() {
    scene.guard("1");
    scene.closeHub();
    for (int i = 10; i < 15; i++) {
      scene.source().put(SourceRow.person("m" + i, "Board", "m" + i + "@x.example"));
    }
    Runs.Record many = scene.sync();

    Runs.Record undo = undo(many, false);

    assertThat(undo.state()).isEqualTo(RunState.HELD);
    scene.hub().runs().decide(undo.id(), "approved", "somebody");
    assertThat(undo(many, false).state()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.provider().contact("m10@x.example").orElseThrow().lists()).isEmpty();
  }

  /** Somebody leaves a group, somebody moves, somebody is renamed, somebody comes. */
  private Runs.Record aBadDay() {
    scene.source().remove(SourceRow.person("m1", "Golf", "ann@x.example"));
    scene
        .source()
        .put(
            SourceRow.person("m2", "Board", "robert@x.example").withName("Bob", "Stone"),
            SourceRow.person("m3", "Board", "cyd@x.example").withName("Sid", "Reed"),
            SourceRow.person("m4", "Board", "dan@x.example"));
    return scene.sync();
  }

  private Runs.Record undo(Runs.Record run, boolean dryRun) {
    return scene.sync(List.of(Job.UNDO), Scope.undo(run.id(), dryRun)).get(0);
  }

  private List<Left> left(Runs.Record undo, Runs.Record undone) {
    return scene.hub().plans().left(undo.id(), undone.id());
  }

  /** Everybody who is on a list, without the times. */
  private List<ContactView> provider() {
    return scene.provider().contacts(0, 100).stream()
        .filter(contact -> !contact.lists().isEmpty())
        .map(UndoTest::timeless)
        .sorted(java.util.Comparator.comparing(ContactView::id))
        .toList();
  }

  private static ContactView timeless(ContactView contact) {
    return new ContactView(
        contact.id(),
        contact.address(),
        contact.permission(),
        contact.firstName(),
        contact.lastName(),
        contact.companyName(),
        contact.jobTitle(),
        contact.birthday(),
        contact.anniversary(),
        contact.phone(),
        contact.optOutSource(),
        contact.lists().stream().sorted().toList(),
        contact.fields(),
        java.time.Instant.EPOCH,
        java.time.Instant.EPOCH,
        contact.deleted());
  }
}
