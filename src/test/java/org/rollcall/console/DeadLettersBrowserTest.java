package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;

/** Staff works off what could not be processed, and everything they do is in the audit. */
class DeadLettersBrowserTest {
  private static final String SECRET = "{\"first_name\":\"Greta\",\"email\":\"greta@x.example\"}";

  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private Service service;
  private Staff staff;

  @BeforeEach
  void letters_are_open() {
    scene.source().put(SourceRow.person("m1", "Board", "ann@x.example"));
    scene.sync();
    scene.tell(
        "INSERT INTO dead_letter (account_id, sync_id, run_id, kind, member_key, address, payload,"
            + " cause, remedy, at) SELECT account_id, sync_id, 1, CASE WHEN i > 58 THEN 'answer'"
            + " ELSE 'record' END, 'm' || i, 'greta@x.example', '"
            + SECRET
            + "', 'the provider refused greta@x.example: <script>alert(1)</script>',"
            + " 'mend it', now() FROM sync, generate_series(1, 60) i");
    scene.closeHub();
    service = Service.start(scene.hub(), Clock.systemUTC());
    staff = Staff.of(service, scene.hub());
  }

  @AfterEach
  void all_close() {
    staff.close();
    service.close();
    scene.close();
  }

  private String open() {
    return scene.ask("SELECT count(*) FROM dead_letter WHERE state = 'open'");
  }

  @Test
  void what_a_letter_holds_is_masked_until_an_operator_asks_which_is_noted() {
    Page viewer = staff.signedIn(Role.VIEWER);
    viewer.navigate(staff.url("/todo"));
    viewer.getByText("chamber: contact refused").click();
    assertThat(viewer.content()).doesNotContain("greta@").doesNotContain("Greta");
    assertThat(viewer.locator("main")).containsText("<script>alert(1)</script>");
    assertThat(viewer.getByText("Show addresses")).hasCount(0);
    assertThat(viewer.getByText("Replay ticked")).hasCount(0);

    Page page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/dead-letters"));
    page.locator("summary").first().click();
    page.getByText("Show addresses and names").first().click();
    assertThat(page.locator("pre").first()).hasText(SECRET);
    Staff.picture(page, "dead-letters");
    assertThat(Staff.barriers(page)).isEmpty();
    page.navigate(staff.url("/audit"));
    assertThat(page.locator("tbody tr").first()).containsText("looked at what a dead letter holds");
    assertThat(page.content()).doesNotContain("greta@");
    page.getByLabel("User").fill("OPERATOR");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("tbody tr")).hasCount(2);
    Staff.picture(page, "audit");
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void ticked_letters_are_dismissed_and_all_of_a_filter_are_replayed() {
    Page page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/dead-letters"));
    assertThat(page.locator(".letters li")).hasCount(50);
    page.getByLabel("dead letter 60").check();
    page.getByLabel("dead letter 58").check();
    page.getByText("Dismiss ticked").click();

    assertThat(page.locator("main > .notice")).containsText("2 dead letters are dismissed");
    assertThat(open()).isEqualTo("58");
    page.getByText("chamber: contact refused").click();
    page.getByText("Older dead letters").click();
    assertThat(page.locator(".letters li")).hasCount(7);
    page.goBack();
    page.getByText("Replay all").click();

    page.waitForURL(staff.url("/runs?soon=yes"));
    assertThat(page.locator("#runs tbody tr").first()).containsText("completed");
    assertThat(open()).isEqualTo("1");
    assertThat(scene.ask("SELECT kind FROM dead_letter WHERE state = 'open'")).isEqualTo("answer");
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void only_operators_see_the_audit() {
    assertThat(staff.signedIn(Role.VIEWER).navigate(staff.url("/audit")).status()).isEqualTo(403);
  }
}
