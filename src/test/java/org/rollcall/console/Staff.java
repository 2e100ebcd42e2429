package org.rollcall.console;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rollcall.hub.Hub;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;
import org.rollcall.user.User;
import org.rollcall.user.Users;

/** People with a real browser in front of a running console. */
public final class Staff implements AutoCloseable {
  public static final String PASSWORD = "ladder orbit mango kettle";
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private final Service service;
  private final Hub hub;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  /**
   * One for all tests of this JVM, each of which gets contexts of its own; it ends with the JVM.
   */
  private static final class Chromium {
    private static final Browser RUNNING = launch();

    private static Browser launch() {
      return Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(installed())
                  .setArgs(List.of("--no-sandbox")));
    }

    private static Path installed() {
      return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the browser tests need Chromium"));
    }
  }

  private Staff(Service service, Hub hub) {
    this.service = service;
    this.hub = hub;
  }

  public static Staff of(Service service, Hub hub) {
    // a machine may be slow; what never comes is still missed
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    return new Staff(service, hub);
  }

  /** A page of a fresh browser in which somebody of this role has signed in. */
  public Page signedIn(Role role) {
    String name = role.word();
    if (hub.users().find(name).isEmpty()) {
      // the first user becomes administrator by the first link, all others are invited
      String token = hub.users().invite(name, role).orElseThrow();
      if (!(hub.users().open(token, name, PASSWORD) instanceof Users.Opened.Done)) {
        throw new IllegalStateException("no user " + name);
      }
    }
    User user = hub.users().find(name).orElseThrow();
    Page page = stranger();
    page.navigate(url("/sign-in"));
    page.getByLabel("Name").fill(user.name());
    page.getByLabel("Password").fill(PASSWORD);
    page.getByRole(
            com.microsoft.playwright.options.AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Sign in"))
        .click();
    page.waitForURL(url("/"));
    return page;
  }

  /** A page of a fresh browser in which nobody has signed in. */
  public Page stranger() {
    BrowserContext context =
        Chromium.RUNNING.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setLocale("en-GB")
                .setTimezoneId("America/Chicago"));
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("status of")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  public String url(String path) {
    return service.url() + path;
  }

  /** What the browsers' consoles complained about, such as a breach of the content policy. */
  public List<String> complaints() {
    return complaints;
  }

  /** Violations of WCAG 2.2 AA that axe finds on the page, each with where it is. */
  public static List<String> barriers(Page page) {
    return new AxeBuilder(page)
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze()
            .getViolations()
            .stream()
            .map(
                rule ->
                    rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().get(0).getHtml())
            .toList();
  }

  /** Keeps the page as NAME-desktop.png, NAME-phone.png and NAME-dark.png to be looked at. */
  public static void picture(Page page, String name) {
    shoot(page, name + "-desktop");
    page.setViewportSize(390, 844);
    shoot(page, name + "-phone");
    page.setViewportSize(1280, 900);
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
    shoot(page, name + "-dark");
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.LIGHT));
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    contexts.forEach(BrowserContext::close);
  }
}
