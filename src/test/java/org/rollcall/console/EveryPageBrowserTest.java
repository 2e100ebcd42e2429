package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.User;

/** Every page the site has, in a browser, with data that means harm. */
class EveryPageBrowserTest {
  /** Anything of this that is not shown as text makes a window complain, or stands in the page. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>window.broken=1</script>",
          "\"><img src=x onerror=\"window.broken=2\">",
          "' autofocus onfocus='window.broken=3' x='",
          "${7*7}{{7*7}}@(7*7)#{7*7}<%=7*7%>",
          "\u202Egnp.exe\u2066 \u200Bx",
          "a\r\nSet-Cookie: broken=1\n\n<b>x</b>",
          "=HYPERLINK(\"http://evil.example\",\"x\")",
          "javascript:window.broken=4",
          "</textarea></title></style></script><svg onload=window.broken=5>",
          "../../etc/passwd?x=1#y&z=%00 100%",
          "x".repeat(400));

  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private Service service;
  private Staff staff;

  @BeforeEach
  void the_service_runs_with_hostile_members() {
    for (int i = 0; i < HOSTILE.size(); i++) {
      member(i, HOSTILE.get(i));
    }
    scene.sync();
    service = Service.start(scene.hub(), Clock.systemUTC());
    staff = Staff.of(service, scene.hub());
  }

  @AfterEach
  void all_close() {
    staff.close();
    service.close();
    scene.close();
  }

  /** Key, names, group and so the list are all of the hostile text. */
  private void member(int number, String text) {
    scene
        .source()
        .put(
            new SourceRow(
                key(text),
                text,
                "m" + number + "@example.org",
                "person",
                text,
                text,
                text,
                null,
                null,
                false,
                "primary",
                true,
                "active",
                false));
  }

  private static String key(String text) {
    return "key " + text;
  }

  /** Names that the console would refuse; somebody else may have written them. */
  private void users() {
    for (int i = 0; i < HOSTILE.size(); i++) {
      scene.hub().users().invite(HOSTILE.get(i), Role.VIEWER);
    }
    User administrator = scene.hub().users().find("administrator").orElseThrow();
    for (String text : HOSTILE) {
      scene.hub().sessions().begin(administrator, text);
      scene.hub().audit().note(Audit.Through.CONSOLE, text, text, text, text);
    }
  }

  private SiteWalk walk() {
    return new SiteWalk(service.entries())
        .with("sync", List.of("chamber"))
        .with("account", List.of("main"))
        .with("group", HOSTILE)
        .with("key", HOSTILE.stream().map(EveryPageBrowserTest::key).toList())
        .with("member", HOSTILE.stream().map(EveryPageBrowserTest::key).toList())
        .with("name", HOSTILE)
        .with("run", List.of("1", "2", "9999999999", "x"))
        .with("id", List.of("1", "2", "9999999999", "x"));
  }

  @Test
  void hostile_texts_are_shown_as_texts_and_nobody_is_kept_out() {
    Page page = staff.signedIn(Role.ADMINISTRATOR);
    users();
    List<String> wrong = new ArrayList<>();
    Set<String> kinds = walk().kinds().collect(Collectors.toSet());
    for (String path : walk().pages().toList()) {
      Response response = open(page, path);
      if (response == null) {
        continue;
      }
      look(page, path, response, wrong);
      if (kinds.contains(path)) {
        barriers(page, path, wrong);
      }
      page.setViewportSize(390, 844);
      if ((boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")) {
        wrong.add(path + " on a phone: wider than the window");
      }
      page.setViewportSize(1280, 900);
    }
    assertThat(wrong).isEmpty();
    assertThat(staff.complaints()).isEmpty();
  }

  /** Empty for what a browser saves instead of showing it. */
  private Response open(Page page, String path) {
    try {
      Response response = page.navigate(staff.url(path));
      return response.headerValue("content-type").startsWith("text/html") ? response : null;
    } catch (PlaywrightException e) {
      if (e.getMessage().contains("Download is starting")) {
        return null;
      }
      throw e;
    }
  }

  private void look(Page page, String path, Response response, List<String> wrong) {
    if (response.status() >= 500) {
      wrong.add(path + ": " + response.status());
    }
    if (page.evaluate("window.broken") != null) {
      wrong.add(path + ": a script of the data has run: " + page.evaluate("window.broken"));
    }
    if (page.locator("img[src=x], [onerror], [onfocus], [onload]").count() > 0) {
      wrong.add(path + ": data has become an element");
    }
    if (page.locator("a[href^='javascript:']").count() > 0) {
      wrong.add(path + ": data has become a script's address");
    }
    if (page.content().contains("4949")) {
      wrong.add(path + ": a template in the data was worked out");
    }
  }

  /** With one of the texts: what keeps somebody out does not hang on what stands in it. */
  private static void barriers(Page page, String path, List<String> wrong) {
    Staff.barriers(page).forEach(barrier -> wrong.add(path + ": " + barrier));
    page.setViewportSize(390, 844);
    Staff.barriers(page).forEach(barrier -> wrong.add(path + " on a phone: " + barrier));
  }
}
