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

class AccountsBrowserTest {
  private final Scene scene =
      Scene.open()
          .set("rollcall.service.port", "0")
          .set("rollcall.accounts.main.refresh-token", "");
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
  void an_administrator_connects_an_account_in_the_browser() {
    Page page = staff.signedIn(Role.ADMINISTRATOR);
    assertThat(page.getByText("Account main not connected yet")).isVisible();
    page.navigate(staff.url("/accounts"));
    Staff.picture(page, "accounts-new");
    assertThat(Staff.barriers(page)).isEmpty();
    page.getByRole(AriaRole.BUTTON, named("Connect account main")).click();
    Staff.picture(page, "accounts-leave");
    assertThat(Staff.barriers(page)).isEmpty();
    page.getByRole(AriaRole.LINK, named("Go to the provider")).click();
    approve(page);

    page.waitForURL(staff.url("/accounts"));
    assertThat(page.locator(".notice")).containsText("Account main is connected as ");
    assertThat(page.getByText("Connected as", new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    Staff.picture(page, "accounts");
    assertThat(Staff.barriers(page)).isEmpty();
    assertThat(scene.ask("SELECT count(*) FROM account_connecting")).isEqualTo("0");
    assertThat(staff.complaints()).isEmpty();
  }

  @Test
  void an_answer_counts_once_and_only_in_the_session_that_asked() {
    Page page = staff.signedIn(Role.ADMINISTRATOR);
    page.navigate(staff.url("/accounts"));
    page.getByRole(AriaRole.BUTTON, named("Connect account main")).click();
    String state =
        page.getByRole(AriaRole.LINK, named("Go to the provider"))
            .getAttribute("href")
            .replaceAll(".*[?&]state=([^&]*).*", "$1");
    String back = staff.url("/accounts/main/callback?state=" + state);

    Page other = staff.signedIn(Role.ADMINISTRATOR);
    other.navigate(back + "&code=stolen");
    assertThat(other.getByRole(AriaRole.ALERT)).containsText("was not asked for");
    page.navigate(back);
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("did not grant it");
    page.navigate(back + "&code=late");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("is used up");
    assertThat(scene.ask("SELECT count(*) FROM account_token")).isEqualTo("0");
  }

  @Test
  void an_answer_that_comes_too_late_counts_for_nothing() {
    Page page = staff.signedIn(Role.ADMINISTRATOR);
    page.navigate(staff.url("/accounts"));
    page.getByRole(AriaRole.BUTTON, named("Connect account main")).click();
    assertThat(scene.ask("SELECT until > now() + interval '9 minutes' FROM account_connecting"))
        .isEqualTo("t");
    scene.tell("UPDATE account_connecting SET until = now() - interval '1 second'");
    page.getByRole(AriaRole.LINK, named("Go to the provider")).click();
    approve(page);

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("came too late");
  }

  private static void approve(Page page) {
    page.locator("button").first().click();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
