package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;

class GroupsBrowserTest {
  private static final String HOSTILE = "../<b>\"O'Neill\"</b> & 100%/?#";
  private static final double PATIENCE = 30_000;

  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private Service service;
  private Staff staff;

  @BeforeEach
  void the_service_runs() {
    scene.source().put(SourceRow.person("m1", "Board", "ann@example.org").withName("Ann", "Ames"));
    scene.source().put(SourceRow.person("m2", "Board", "ann@example.org").withName("Bob", "Boone"));
    scene.source().put(SourceRow.person("m3", "Board", "not an address"));
    scene.source().put(SourceRow.person("m4", "Board", "refused@example.org"));
    scene.source().put(SourceRow.person("=cmd()", HOSTILE, "x@example.org"));
    scene.provider().refuseAddress("refused@example.org", "The address is not accepted");
    service = Service.start(scene.hub(), Clock.systemUTC());
    staff = Staff.of(service, scene.hub());
  }

  @AfterEach
  void all_close() {
    staff.close();
    service.close();
    scene.close();
  }

  @Test
  void staff_sync_from_the_console_and_see_where_everybody_stands() throws IOException {
    Page page = staff.signedIn(Role.OPERATOR);
    assertThat(page.getByText("This is the way there")).isVisible();
    Staff.picture(page, "overview-empty");
    assertThat(Staff.barriers(page)).isEmpty();
    page.navigate(staff.url("/todo"));
    assertThat(page.getByText("Nothing waits for you.")).isVisible();
    page.navigate(staff.url("/groups"));
    assertThat(page.getByText("No groups yet")).isVisible();
    assertThat(Staff.barriers(page)).isEmpty();

    button(page, "Sync now all groups of chamber").click();
    assertThat(page.locator(".notice")).containsText("It begins now.");
    assertThat(page.getByRole(AriaRole.LINK, named("Board"))).isVisible(longer());
    assertThat(page.locator("#live")).containsText("Done");
    Staff.picture(page, "groups");
    assertThat(Staff.barriers(page)).isEmpty();

    page.getByRole(AriaRole.LINK, named("Board")).click();
    Locator rows = page.locator("#members tbody tr");
    assertThat(rows).hasCount(4);
    assertThat(rows.nth(0)).containsText("synced");
    assertThat(rows.nth(1)).containsText("shared address");
    assertThat(rows.nth(1)).containsText("Ann Ames");
    assertThat(rows.nth(2)).containsText("invalid e-mail address");
    assertThat(rows.nth(3)).containsText("The address is not accepted");
    Staff.picture(page, "group");
    assertThat(Staff.barriers(page)).isEmpty();

    page.getByRole(AriaRole.LINK, named("failed 1")).click();
    assertThat(rows).hasCount(1);
    page.getByRole(AriaRole.LINK, named("not applicable 2")).click();
    page.getByLabel("Reason").selectOption("SHARED_ADDRESS");
    button(page, "Show").click();
    assertThat(rows).hasCount(1);
    page.getByLabel("begins with").fill("boone");
    button(page, "Search").click();
    assertThat(page.getByText("1 member found.")).isVisible();
    page.getByLabel("begins with").fill("ann@");
    button(page, "Search").click();
    assertThat(page.getByText("2 members found.")).isVisible();
    assertThat(page.url()).doesNotContain("ann@");

    scene.provider().acceptAddress("refused@example.org");
    button(page, "Retry all failed").click();
    assertThat(page.locator(".notice")).containsText("1 dead letter is tried again.");
    assertThat(page.locator("#live")).not().containsText("under way", longerNotText());
    page.navigate(staff.url(GroupPage.address("chamber", "Board")));
    assertThat(page.locator("#members")).not().containsText("The address is not accepted");
    assertThat(page.getByRole(AriaRole.LINK, named("synced 2"))).isVisible();
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void whatever_a_group_or_key_is_called_its_page_and_file_are_whole() throws IOException {
    Page page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/groups"));
    button(page, "Sync now all groups of chamber").click();
    Locator group = page.getByRole(AriaRole.LINK, named(HOSTILE));

    assertThat(group).isVisible(longer());
    assertThat(page.locator("#live")).not().containsText("under way", longerNotText());
    page.reload();
    group.click();
    assertThat(page.locator("h1")).hasText(HOSTILE);
    assertThat(page.locator("#members tbody tr")).hasCount(1);
    var download =
        page.waitForDownload(() -> page.getByRole(AriaRole.LINK, named("Download CSV")).click());
    assertThat(Files.readString(download.path()))
        .startsWith("Member,Name,E-mail")
        .contains("\r\n'=cmd(),First =cmd() Last =cmd(),x@example.org,");
    button(page, "Sync this member =cmd()").click();
    assertThat(page.locator(".notice")).containsText("It begins now.");
    assertThat(
            scene.ask(
                "SELECT string_agg(what || ' ' || about, ', ' ORDER BY audit_id) FROM audit"
                    + " WHERE about IS NOT NULL"))
        .contains("downloaded the members of a group " + HOSTILE)
        .contains("asked for a run lists, contacts of member =cmd()");
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void viewers_see_and_change_nothing() {
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/groups"));

    assertThat(page.getByText("Sync now")).hasCount(0);
    assertThat(page.getByRole(AriaRole.LINK, named("Accounts"))).isVisible();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static LocatorAssertions.IsVisibleOptions longer() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.ContainsTextOptions longerNotText() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }
}
