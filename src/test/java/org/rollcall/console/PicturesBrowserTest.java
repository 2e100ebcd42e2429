package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.demo.Demo;
import org.rollcall.operate.Service;
import org.rollcall.run.Progress;
import org.rollcall.user.Role;

/**
 * The pictures of the console in the README: run with {@code -Drollcall.write-docs=true} to take
 * them anew.
 */
class PicturesBrowserTest {
  private static final Path FOLDER = Path.of("docs/pictures");
  private static final Pattern SHOWN = Pattern.compile("\\]\\((docs/pictures/[^)]+)\\)");
  private static final int WIDTH = 1200;

  @TempDir private Path home;

  @Test
  void the_readme_shows_every_picture_there_is() throws IOException {
    if (Boolean.getBoolean("rollcall.write-docs")) {
      takeThem();
    }
    List<Path> shown =
        SHOWN
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map((MatchResult found) -> Path.of(found.group(1)))
            .toList();
    try (Stream<Path> kept = Files.list(FOLDER)) {
      assertThat(shown).isNotEmpty().containsExactlyInAnyOrderElementsOf(kept.toList());
    }
  }

  private void takeThem() {
    try (Demo demo =
        Demo.start(home.resolve("demo"), Path.of("").toAbsolutePath(), text -> {}, Progress.NONE)) {
      demo.play();
      try (Service service = Service.start(demo.hub(), Clock.systemUTC());
          Staff staff = Staff.of(service, demo.hub())) {
        Page page = staff.signedIn(Role.OPERATOR);
        page.setViewportSize(WIDTH, 900);
        take(page, "overview");
        page.navigate(staff.url("/groups/members?sync=" + Demo.SYNC + "&group=Harbour%20Chapter"));
        take(page, "group");
        page.navigate(staff.url("/members"));
        page.getByLabel("Key, name or address").fill("Bakker");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Find")).click();
        page.locator("#hits").getByText("Adam Bakker").first().click();
        page.locator("#steps .decisions").waitFor();
        take(page, "member");
        assertThat(staff.complaints()).isEmpty();
      }
    }
  }

  private static void take(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
  }
}
