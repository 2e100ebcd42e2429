package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;

class DoorBrowserTest {
  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private Service service;
  private Staff staff;

  @BeforeEach
  void the_service_runs() {
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
  void whoever_opens_the_first_link_becomes_the_administrator_once() {
    String link = staff.url("/welcome/" + scene.hub().users().firstLink().orElseThrow());
    Page page = staff.stranger();
    page.navigate(link);
    page.getByLabel("Name").fill("Ann O'Neill");
    page.getByLabel("Password").fill("password123");
    page.getByRole(AriaRole.BUTTON).click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("easy to guess");
    page.getByLabel("Password").fill(Staff.PASSWORD);
    page.getByRole(AriaRole.BUTTON).click();

    page.waitForURL(staff.url("/"));
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("Overview");
    assertThat(Staff.barriers(page)).isEmpty();
    page.getByText("Sign out").click();
    page.navigate(link);
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("used up");
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void the_door_can_be_used_by_everybody() {
    Page page = staff.signedIn(Role.ADMINISTRATOR);
    page.navigate(staff.url("/users"));
    Staff.picture(page, "users");
    assertThat(Staff.barriers(page)).isEmpty();
    page.navigate(staff.url("/"));
    Staff.picture(page, "overview");
    page.getByText("Sign out").click();
    page.waitForURL(staff.url("/sign-in"));
    Staff.picture(page, "sign-in");
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }
}
