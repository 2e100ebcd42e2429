package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.run.Job;
import org.rollcall.run.Lease;
import org.rollcall.run.Leases;
import org.rollcall.run.Scope;
import org.rollcall.store.Store;
import org.rollcall.user.Role;

/** Staff puts members into groups by hand, chooses groups, and looks at campaigns. */
class ByHandBrowserTest {
  private static final String HOSTILE = "../<b>\"O'Neill\"</b> & 100%/?#";

  private final Scene scene = Scene.open().set("rollcall.service.port", "0").paceLifted();
  private Service service;
  private Staff staff;

  @BeforeEach
  void members_are_there() {
    scene
        .source()
        .put(
            SourceRow.company("c1", "Board", "office@acme.example"),
            SourceRow.person("m1", "Board", "ann@x.example")
                .withName("Ann", "Ames")
                .withParent("c1"),
            SourceRow.person(HOSTILE, "Golf", "bob@x.example").withParent("c1"),
            SourceRow.person("m3", "Golf", "cyd@x.example").withName("Cyd", "Stone"));
    scene.sync();
  }

  private void served() {
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

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void right(Page page, String picture) {
    Staff.picture(page, picture);
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void one_of_a_company_is_put_into_a_group_and_taken_out_again() {
    served();
    Page page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/households"));
    page.getByLabel("Key, address or name").fill("ann");
    button(page, "Look").click();
    assertThat(page.url()).doesNotContain("ann");
    link(page, "m1").click();
    assertThat(page.locator("h2")).hasCount(3);
    Locator row = page.locator("section", new Page.LocatorOptions().setHasText(HOSTILE));
    row.getByRole(AriaRole.COMBOBOX).fill("board");
    row.getByRole(AriaRole.BUTTON).last().click();

    assertThat(page.locator(".notice")).containsText("was put into Board. The next run brings it.");
    assertThat(row).containsText("is added with the next run");
    assertThat(row).containsText("by operator");
    right(page, "household");
    scene.sync();
    page.reload();
    assertThat(row).not().containsText("next run");
    row.getByText("Take away").click();
    assertThat(row).containsText("is taken away with the next run");
    assertThat(scene.hub().audit().entries(Long.MAX_VALUE, 2))
        .extracting(entry -> entry.about())
        .containsExactly(HOSTILE, HOSTILE);
    assertThat(staff.signedIn(Role.VIEWER).navigate(page.url()).text())
        .contains("is taken away with the next run")
        .doesNotContain("action=\"/households/chamber/add\"");
  }

  @Test
  void many_are_found_reviewed_and_put_into_a_group_all_or_none() {
    served();
    Page page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/by-hand/chamber"));
    right(page, "by-hand-group");
    page.getByLabel("Group of chamber").fill("Cards");
    button(page, "Next: the members").click();
    page.getByLabel("In the group").selectOption("Golf");
    button(page, "Find").click();
    right(page, "by-hand-find");
    button(page, "Choose all that the filter finds").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("2 members were chosen.");
    page.getByLabel("In the group").selectOption("Board");
    button(page, "Find").click();
    page.getByLabel("Choose m1").check();
    button(page, "Choose the ticked").click();
    link(page, "Review").click();
    assertThat(page.locator("h1")).hasText("Add 3 members to Cards");
    right(page, "by-hand-review");
    page.getByLabel("Drop m3").check();
    button(page, "Drop the ticked").click();
    page.getByLabel("Group", new Page.GetByLabelOptions().setExact(true)).fill("board");
    button(page, "Change the group").click();
    assertThat(page.locator("h1")).hasText("Add 2 members to board");
    assertThat(scene.hub().handMade().entries(Scene.SYNC, null, 9)).isEmpty();
    button(page, "Save").click();

    assertThat(page.locator(".notice")).containsText("Board: 2 added by hand");
    assertThat(page.locator(".notice")).containsText("1 are given by the source as well");
    assertThat(scene.hub().handMade().entries(Scene.SYNC, "Board", 9))
        .extracting(entry -> entry.memberKey())
        .containsExactlyInAnyOrder("m1", HOSTILE);
    assertThat(scene.hub().drafts().find(Scene.SYNC, "operator")).isEmpty();
  }

  @Test
  void a_preview_that_has_to_wait_comes_by_itself() {
    served();
    Page page = staff.signedIn(Role.OPERATOR);
    try (Leases others = new Leases(new Store(scene.state()))) {
      try (Lease run = others.take(Leases.ofAccount("main")).orElseThrow()) {
        page.navigate(staff.url("/choices/chamber/change?group=Golf&to=deselect"));
        assertThat(page.locator("#preview")).containsText("of account main is under way");
      }
      assertThat(page.locator("#preview")).containsText("Eligible members42");
    }
  }

  @Test
  void a_group_is_deselected_after_a_look_at_what_that_does_and_left_to_the_setting_again() {
    served();
    Page page = staff.signedIn(Role.OPERATOR);
    page.navigate(staff.url("/groups"));
    link(page, "Which groups synchronise").click();
    link(page, "Deselect Golf").click();
    assertThat(page.locator("#preview")).containsText("Eligible members42");
    assertThat(page.locator("#preview")).containsText("2 memberships that Rollcall made stay");
    right(page, "choice");
    button(page, "Deselect Golf").click();
    assertThat(page.locator(".notice")).containsText("Deselect Golf: done.");
    right(page, "choices");
    assertThat(scene.hub().groupChoices().groups(Scene.SYNC))
        .filteredOn(group -> !group.selected())
        .extracting(group -> group.group())
        .containsExactly("Golf");
    link(page, "Back to the setting for Golf").click();
    button(page, "Leave Golf to the setting").click();
    assertThat(link(page, "Deselect Golf")).isVisible();
    assertThat(staff.signedIn(Role.VIEWER).navigate(staff.url("/choices/chamber/change")).status())
        .isEqualTo(403);
  }

  @Test
  void campaigns_are_shown_over_time_with_their_links() {
    for (int i = 0; i < 60; i++) {
      scene
          .provider()
          .createContact(
              "c" + i + "@x.example",
              List.of("Board"),
              org.rollcall.sandbox.Control.Edit.name("C", "D"));
    }
    for (int i = 1; i <= 27; i++) {
      scene.provider().campaigns().send("News " + i, List.of("Board"), i);
    }
    scene.provider().advanceClock(Duration.ofDays(9));
    scene.provider().expireAccessTokens();
    scene.sync(List.of(Job.ACTIVITIES), Scope.ALL);
    served();
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/activities"));
    assertThat(page.locator("tbody tr")).hasCount(25);
    right(page, "activities");
    link(page, "Older campaigns").click();
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.locator("tbody th a").first().click();
    assertThat(page.locator("svg.chart rect").first()).isVisible();
    page.getByText("The figures as a table").click();
    right(page, "campaign");
    assertThat(page.locator("section:has(#links) tbody tr").first()).containsText("http");
    assertThat(scene.ask("SELECT sum(events) FROM campaign_hour"))
        .isEqualTo(scene.ask("SELECT count(*) FROM activity"));
    scene.sync(List.of(Job.ACTIVITIES), Scope.ALL);
    assertThat(scene.ask("SELECT sum(events) FROM campaign_hour"))
        .isEqualTo(scene.ask("SELECT count(*) FROM activity"));
  }

  @Test
  void without_campaigns_the_page_says_how_to_read_them() {
    served();
    Page page = staff.signedIn(Role.VIEWER);
    page.navigate(staff.url("/activities/chamber"));
    assertThat(page.getByText("rollcall sync chamber --job activities")).isVisible();
    right(page, "activities-empty");
  }
}
