package org.rollcall.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;

/** Hawtio in a real browser, on our routes. */
class HawtioBrowserTest {
  /** Hawtio looks again every five seconds. */
  private static final LocatorAssertions.ContainsTextOptions PATIENT =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  private final Scene scene = Scene.open().jmx().set("rollcall.service.hawtio", "true");
  private Service service;
  private Staff staff;

  @BeforeEach
  void the_service_runs() {
    scene.set("rollcall.service.port", "0");
    scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
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
  void an_administrator_sees_the_routes_and_stops_and_starts_one() {
    Page page = staff.signedIn(Role.ADMINISTRATOR);
    page.setDefaultTimeout(60_000);
    page.navigate(staff.url("/hawtio/"));
    page.getByText("Camel", new Page.GetByTextOptions().setExact(true)).first().click();
    page.locator("#camel-tree-view").getByText("routes").first().click();
    Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("chamber-members"));
    assertThat(row).containsText("Started", PATIENT);
    shoot(page, "hawtio-routes");

    row.locator("input[type=checkbox]").check();
    page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).first().click();
    assertThat(row).containsText("Stopped", PATIENT);
    shoot(page, "hawtio-stopped");
    assertThat(status("chamber-members")).isEqualTo(ServiceStatus.Stopped);

    row.locator("input[type=checkbox]").setChecked(true);
    page.getByText("Start", new Page.GetByTextOptions().setExact(true)).first().click();
    assertThat(row).containsText("Started", PATIENT);
    assertThat(status("chamber-members")).isEqualTo(ServiceStatus.Started);
    assertThat(staff.complaints())
        .noneMatch(complaint -> complaint.contains("Content Security Policy"));
  }

  private ServiceStatus status(String route) {
    return scene.hub().camel().getRouteController().getRouteStatus(route);
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
  }

  @Test
  void nobody_else_is_let_in_and_the_console_keeps_its_strict_policy() {
    Page page = staff.signedIn(Role.OPERATOR);
    Response refused = page.navigate(staff.url("/hawtio/"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(page.request().get(staff.url("/hawtio/jolokia")).status()).isEqualTo(403);
    assertThat(staff.stranger().navigate(staff.url("/hawtio/")).url()).contains("/sign-in");

    String console = page.navigate(staff.url("/")).headerValue("Content-Security-Policy");
    assertThat(console).doesNotContain("unsafe");
  }
}
