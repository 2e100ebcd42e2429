package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.user.Role;

/** Staff looks at runs and plans, and decides about what is held. */
class RunsBrowserTest {
  private final Scene scene = Scene.open().set("rollcall.service.port", "0").guard("10%");
  private Service service;
  private Staff staff;
  private Runs.Record held;

  @BeforeEach
  void a_plan_is_held() {
    scene.set("rollcall.syncs.chamber.second-person", "true");
    IntStream.range(0, 12)
        .forEach(
            i ->
                scene
                    .source()
                    .put(SourceRow.person("m" + i, "Board & <b>", "m" + i + "@x.example")));
    scene.sync();
    IntStream.range(0, 4)
        .forEach(i -> scene.source().remove(SourceRow.person("m" + i, "Board & <b>", null)));
    scene.source().put(SourceRow.person("new", "Board & <b>", "new@x.example"));
    held = scene.sync();
    assertThat(held.state()).isEqualTo(RunState.HELD);
    staff_is_there();
  }

  private void staff_is_there() {
    scene.closeHub();
    service = Service.start(scene.hub(), Clock.systemUTC());
    staff = Staff.of(service, scene.hub());
  }

  private void all_stop() {
    staff.close();
    service.close();
    scene.closeHub();
  }

  @AfterEach
  void all_close() {
    all_stop();
    scene.close();
  }

  private Page at(Role role, String path) {
    Page page = staff.signedIn(role);
    page.onDialog(Dialog::accept);
    page.navigate(staff.url(path));
    return page;
  }

  private String heldRun() {
    return "/runs/" + held.id();
  }

  @Test
  void a_held_plan_is_found_looked_at_and_released_by_two_people() {
    Page viewer = at(Role.VIEWER, "/todo");
    Staff.picture(viewer, "todo");
    assertThat(Staff.barriers(viewer)).isEmpty();
    viewer.getByText("run " + held.id()).click();
    assertThat(viewer.locator("main")).containsText("more than the 10% allowed");
    assertThat(viewer.getByText("Approve", new Page.GetByTextOptions().setExact(true))).hasCount(0);
    assertThat(viewer.locator("#changes tbody tr")).hasCount(5);
    assertThat(viewer.locator("#changes tbody tr").first()).containsText("applied");
    viewer.getByLabel("Kind of change").selectOption("remove from list");
    assertThat(viewer.locator("#changes tbody tr")).hasCount(4);
    assertThat(viewer.locator("#changes tbody tr").first()).containsText("Board & <b>");
    assertThat(viewer.locator("#changes tbody tr").first()).containsText("held");

    Page operator = at(Role.OPERATOR, heldRun());
    Staff.picture(operator, "held-run");
    assertThat(Staff.barriers(operator)).isEmpty();
    operator.getByText("Approve as the first of two").click();
    assertThat(operator.getByRole(AriaRole.STATUS).first()).containsText("Somebody else");
    assertThat(operator.locator("main")).containsText("ask somebody else, too");
    assertThat(scene.provider().list("Board & <b>").orElseThrow().members()).isEqualTo(13);

    Page admin = at(Role.ADMINISTRATOR, heldRun());
    admin.getByText("Approve", new Page.GetByTextOptions().setExact(true)).click();
    admin.waitForURL(staff.url("/runs?soon=yes"));
    assertThat(admin.locator("#runs tbody tr").first()).containsText("completed");
    assertThat(scene.provider().list("Board & <b>").orElseThrow().members()).isEqualTo(9);
    assertThat(
            scene.ask(
                "SELECT string_agg(who || ' ' || what, ', ' ORDER BY audit_id) FROM audit"
                    + " WHERE about = 'run "
                    + held.id()
                    + "'"))
        .isEqualTo("operator approved a plan as the first of two, administrator approved a plan");
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void a_rejected_plan_removes_nobody() {
    Page page = at(Role.OPERATOR, heldRun());
    page.getByText("Reject").last().click();

    assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("rejected");
    assertThat(page.locator("main")).containsText("rejected by operator");
    assertThat(scene.hub().runs().waiting()).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void a_reversal_that_nobody_has_asked_for_or_that_came_to_nothing_is_not_waited_for() {
    String undo = heldRun() + "/undo";
    Page page = at(Role.OPERATOR, undo);
    assertThat(page.locator("main")).containsText("Nothing is planned yet");
    scene.tell(
        "INSERT INTO run_order (sync, what, state, error, asked_by, asked_at, alive_at, finished_at)"
            + " VALUES ('chamber', 'undo', 'failed', 'It <b>stopped</b>', 'anna', now(), now(), now())");
    page.navigate(staff.url(undo + "?order=" + scene.ask("SELECT max(order_id) FROM run_order")));
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("It <b>stopped</b>");
    assertThat(Staff.barriers(page)).isEmpty();
    page.getByText("See what undoing would do").click();
    page.waitForSelector("#sure");
    assertThat(page.locator("#stays")).containsText("the contact stays in the account");

    scene.tell("UPDATE run SET state = 'running' WHERE undoes IS NOT NULL");
    page.navigate(staff.url(undo));
    assertThat(page.locator("main")).containsText("The last reversal");
    assertThat(page.locator("main")).not().containsText("Nothing is sent");

    page.navigate(staff.url("/runs/1/undo"));
    assertThat(page.locator("main")).containsText("only contacts runs can be undone.");
    assertThat(page.locator("main button")).hasCount(0);
  }

  @Test
  void runs_are_listed_and_filtered_and_one_is_undone_after_a_look() {
    Page page = at(Role.OPERATOR, "/runs");
    assertThat(page.locator("#runs tbody tr")).hasCount(4);
    page.locator(".choices").getByText("held").click();
    assertThat(page.locator("#runs tbody tr")).hasCount(1);
    page.navigate(staff.url("/runs"));
    Staff.picture(page, "runs");
    assertThat(Staff.barriers(page)).isEmpty();

    page.navigate(staff.url(heldRun()));
    page.getByText("See what undoing would do").click();
    page.waitForSelector("#sure");
    assertThat(page.locator("main")).containsText("What cannot be taken back");
    assertThat(page.locator("main")).containsText("the contact stays in the account");
    assertThat(scene.provider().list("Board & <b>").orElseThrow().members()).isEqualTo(13);
    Staff.picture(page, "undo");
    assertThat(Staff.barriers(page)).isEmpty();
    page.getByText("Undo now").click();

    page.waitForURL(staff.url("/runs?soon=yes"));
    assertThat(page.locator("#runs tbody tr").first()).containsText("undo of run " + held.id());
    assertThat(page.locator("#runs tbody tr").first()).containsText("completed");
    assertThat(scene.provider().list("Board & <b>").orElseThrow().members()).isEqualTo(12);
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void what_a_reading_of_everything_found_is_shown_by_kind() {
    all_stop();
    scene.provider().deleteContact("m8@x.example");
    Runs.Record run = scene.reconcile();
    staff_is_there();

    Page page = at(Role.VIEWER, "/runs/" + run.id());
    page.getByText("contacts gone").click();

    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("m8");
    Staff.picture(page, "drift");
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }
}
