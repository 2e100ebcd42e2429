package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.user.Role;

/** Staff looks somebody up, sees why they are where they are, decides, and erases on request. */
class MembersBrowserTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private Service service;
  private Staff staff;

  @BeforeEach
  void members_are_there() {
    scene
        .source()
        .put(
            SourceRow.company("c1", "Board", "office@acme.example"),
            SourceRow.person("m1", "Board", "ann@old.example")
                .withName("Ann", "Miller")
                .withParent("c1"),
            SourceRow.person("m1", "Golf", "ann@old.example")
                .withName("Ann", "Miller")
                .withParent("c1"),
            SourceRow.person("m2", "Board", "bob@x.example").withName("Bob", "Stone"),
            SourceRow.person("a/b c?&\"'", "Golf", "odd@x.example").withName(HOSTILE, HOSTILE),
            SourceRow.person("m9", "Golf", "not an address").withName("Cyd", "Müller"));
    scene.sync();
    scene.unsubscribes("bob@x.example");
    scene.provider().editContact("ann@old.example", Edit.address("ann@theirs.example"));
    scene.sync();
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

  private static void find(Page page, String text) {
    page.getByLabel("Key, name or address").fill(text);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Find")).click();
    page.waitForSelector("#found");
  }

  private static Locator hits(Page page) {
    return page.locator("#hits tbody th a");
  }

  @Test
  void somebody_is_found_by_key_address_and_either_name_and_nothing_stands_in_the_address_bar() {
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/members"));

    find(page, "mill");
    assertThat(hits(page)).hasText("Ann Miller");
    find(page, "MÜL");
    assertThat(hits(page)).hasText("Cyd Müller");
    find(page, "Stone, b");
    assertThat(hits(page)).hasText("Bob Stone");
    find(page, "bob@");
    assertThat(hits(page)).hasText("Bob Stone");
    find(page, "not an");
    assertThat(hits(page)).hasText("Cyd Müller");
    find(page, "m");
    assertThat(hits(page)).hasCount(3);
    Staff.picture(page, "members");
    assertThat(Staff.barriers(page)).isEmpty();
    find(page, "nobody");
    assertThat(page.locator("#hits")).containsText("begins so");
    assertThat(page.url()).isEqualTo(staff.url("/members"));
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void hostile_names_and_keys_are_text_and_lead_to_their_member() {
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/members"));
    find(page, "<img");
    assertThat(hits(page)).hasText(HOSTILE + " " + HOSTILE);
    hits(page).click();

    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText(HOSTILE + " " + HOSTILE);
    assertThat(page.locator(".facts").first()).containsText("a/b c?&\"'");
    assertThat(page.locator("#steps")).containsText("eligibility");
    assertThat(page.locator("main img")).hasCount(0);
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void the_page_of_a_member_tells_everything_and_lets_an_operator_decide_an_address() {
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/members/chamber/m2"));
    assertThat(page.locator("main")).containsText("opted out");
    assertThat(page.locator("main")).containsText("Contact is unsubscribed");
    page.navigate(staff.url("/members/chamber/m1"));
    assertThat(page.locator("main")).containsText("ann@old.example");
    assertThat(page.getByText("Keep this address")).hasCount(0);

    page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/members/chamber/m1"));
    assertThat(page.locator("#steps .decisions")).isVisible();
    assertThat(page.locator("main")).containsText("Company c1");
    Staff.picture(page, "member");
    assertThat(Staff.barriers(page)).isEmpty();
    page.getByLabel("the provider's").check();
    page.getByText("Keep this address").click();

    assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("provider's address is kept");
    assertThat(scene.hub().conflicts().open(Scene.SYNC)).isEmpty();
    assertThat(scene.ask("SELECT what || ' ' || about FROM audit ORDER BY audit_id DESC LIMIT 1"))
        .isEqualTo("decided for the provider's address m1");
    assertThat(page.getByText("Erase this member")).hasCount(0);
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void an_operator_asks_the_provider_what_a_member_did_until_now() {
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/members/chamber/m2"));
    assertThat(page.getByText("Ask the provider now")).hasCount(0);
    String campaign = scene.provider().campaigns().send("Fresh news", List.of("Board"), 4);
    scene
        .provider()
        .campaigns()
        .happens(campaign, "opens", "office@acme.example", scene.provider().now(), null, null);

    page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/members/chamber/c1"));
    page.getByText("Ask the provider now").click();
    assertThat(page.locator("#now .timeline")).containsText("opened Fresh news");
    assertThat(page.locator("#now .timeline")).containsText("not read yet");
    assertThat(page.getByText("Ask the provider now")).isEnabled();
    Staff.picture(page, "member-now");
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(scene.ask("SELECT what || ' ' || about FROM audit ORDER BY audit_id DESC LIMIT 1"))
        .isEqualTo("asked the provider what a member did c1");
    page.navigate(staff.url("/members/chamber/m9"));
    page.getByText("Ask the provider now").click();
    assertThat(page.locator("#now")).containsText("no contact at the provider");
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void an_administrator_erases_only_after_the_export_and_with_the_key() {
    Page page = staff.signedIn(Role.OPERATOR);
    assertThat(page.navigate(staff.url("/members/chamber/m2/forget")).status()).isEqualTo(403);
    Page admin = staff.signedIn(Role.ADMINISTRATOR);
    admin.navigate(staff.url("/members/chamber/m2"));
    admin.getByText("Erase this member").click();
    assertThat(admin.locator("#lines")).containsText("member m2 of chamber");
    Staff.picture(admin, "forget");
    assertThat(Staff.barriers(admin)).isEmpty();

    erase(admin, "m2");
    assertThat(admin.getByRole(AriaRole.ALERT)).containsText("download the export first");
    Download download =
        admin.waitForDownload(
            () ->
                admin
                    .getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download the export"))
                    .click());
    assertThat(download.path()).content().contains("bob@x.example");
    erase(admin, "m1");
    assertThat(admin.getByRole(AriaRole.ALERT)).containsText("not this member's key");
    assertThat(scene.ask("SELECT count(*) FROM erasure")).isEqualTo("0");
    erase(admin, "m2");

    admin.waitForURL(staff.url("/members"));
    assertThat(scene.ask("SELECT count(*) FROM erasure")).isEqualTo("1");
    assertThat(scene.ask("SELECT count(*) FROM audit WHERE about = 'm2'")).isEqualTo("0");
    find(admin, "bob@");
    assertThat(admin.locator("#hits")).containsText("begins so");
    assertThat(staff.complaints()).isEmpty();
  }

  private static void erase(Page page, String key) {
    page.getByLabel("Type the key").fill(key);
    page.getByText("Erase for good").click();
  }
}
