package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.LoadState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.harness.Scene;
import org.rollcall.hub.Hub;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;
import org.rollcall.web.Wire;
import org.rollcall.web.Words;

/**
 * Every page with nobody in it and with three members; with {@code -Drollcall.members=1000000} with
 * so many as well, how long each takes is printed, and pictures of all are kept in
 * target/screenshots. See docs/console.md.
 */
class EverySizeBrowserTest {
  private static final int MANY = Integer.getInteger("rollcall.members", 0);
  private static final int TIMES = 7;
  private static final long PERMITTED_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 600_000;
  private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

  /**
   * Parts that a page fetches after itself: a run rehearsed, every table looked through, what every
   * change of a run became. The page shows them.
   */
  private static final Pattern LATER =
      Pattern.compile("/choices/[^/]+/preview.*|/members/[^/]+/[^/]+/forget/held|/runs/[^/]+/left");

  /** Pages that say nothing without a question. */
  private static final Pattern QUESTIONS =
      Pattern.compile(
          "/accounts/[^/]+/callback|/groups/(members|csv)|/under-way|/choices/[^/]+/(change|preview)|/runs/[^/]+/left");

  /** The first element that sticks out of the window or of its sheet, or nothing. */
  private static final String STICKING_OUT =
      """
      () => {
        const right = one => one.getBoundingClientRect().right;
        const inner = sheet => right(sheet) - parseFloat(getComputedStyle(sheet).paddingRight);
        const out = [...document.querySelectorAll('main *, header *')].find(one =>
            !one.closest('.wide, svg')
                && right(one) > 1 + inner(one.parentElement.closest('.sheet') ?? document.body));
        return out ? out.outerHTML.slice(0, 200)
            : document.documentElement.scrollWidth > innerWidth + 1 ? 'something' : null;
      }
      """;

  private final List<String> wrong = new ArrayList<>();

  static Stream<Integer> sizes() {
    return IntStream.of(0, 3, MANY).distinct().boxed();
  }

  /** A search, which is posted; the page has the form. */
  private record Search(String page, String path, Map<String, String> fields) {}

  @ParameterizedTest
  @MethodSource("sizes")
  void every_page_is_whole_and_quick_with_so_many_members(int members) {
    try (Association association = new Association(members);
        Service service = Service.start(association.scene.hub(), Clock.systemUTC());
        Staff staff = Staff.of(service, association.scene.hub())) {
      Page page = staff.signedIn(Role.ADMINISTRATOR);
      if (members > 0) {
        choose(association.scene.hub(), members);
      }
      List<String> paths = paths(association, service);
      paths.stream()
          .filter(path -> !LATER.matcher(path).matches())
          .forEach(path -> look(page, staff, members, path));
      assertThat(staff.complaints()).isEmpty();
      if (members > 0) {
        time(association, service, members, paths);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What somebody who adds many by hand has chosen so far. */
  private static void choose(Hub hub, int members) {
    hub.drafts().name(Scene.SYNC, "administrator", "Guests");
    String group = members > 3 ? Association.CHAPTER : Association.ALL;
    tell(
        members,
        "choosing a chapter's members by hand",
        took(
            TIMES,
            () ->
                hub.drafts()
                    .chooseAll(Scene.SYNC, "administrator", new Filter(group, null, null))));
  }

  private static List<String> paths(Association association, Service service) {
    Stream<String> known =
        new SiteWalk(service.entries())
            .with("sync", List.of(Scene.SYNC))
            .with("account", List.of("main"))
            .with("key", List.of(association.key()))
            .with("name", List.of("main"))
            .with("campaign", List.of(association.campaign()))
            .with("run", association.runs())
            .pages()
            .filter(path -> !QUESTIONS.matcher(path).matches());
    return association.hasMembers()
        ? Stream.concat(known, questions(association)).toList()
        : known.toList();
  }

  private static Stream<String> questions(Association association) {
    String all = GroupPage.address(Scene.SYNC, Association.ALL);
    String key = Words.inUrl(association.key());
    return Stream.of(
        all,
        all + "&status=synced",
        all + "&status=pending",
        all + "&status=failed",
        all + "&status=unsubscribed",
        all + "&status=held",
        all + "&status=not%20applicable",
        all + "&status=not%20applicable&reason=SHARED_ADDRESS",
        all + "&after=" + key,
        GroupPage.address(Scene.SYNC, Association.CHAPTER),
        "/groups?sync=chamber&search=chap",
        "/groups?sync=chamber&only=yes",
        "/households/chamber?member=" + key,
        "/under-way?sync=chamber",
        "/choices/chamber/change?group=Chapter%201&to=deselect",
        "/choices/chamber/preview?group=Chapter%201&to=deselect",
        "/by-hand/chamber/review?after=" + key,
        "/members/chamber/k2",
        "/runs/" + association.reversal() + "/left",
        "/runs?sync=chamber",
        "/runs?state=held");
  }

  private void look(Page page, Staff staff, int members, String path) {
    int status = page.navigate(staff.url(path)).status();
    if (status >= 400 && !(status == 404 && members == 0)) {
      wrong.add(members + " members: " + path + " says " + status);
    }
    untilItHasFetched(page);
    sticksOut(page, members + " members: " + path + " on a desktop");
    page.setViewportSize(390, 844);
    sticksOut(page, members + " members: " + path + " on a phone");
    page.setViewportSize(1280, 900);
    if (MANY > 0) {
      Staff.picture(page, members + SiteWalk.plain(path));
    } else if (members == 0) {
      // with somebody in it EveryPageBrowserTest looks at them
      Staff.barriers(page)
          .forEach(barrier -> wrong.add(members + " members: " + path + ": " + barrier));
    }
  }

  private void sticksOut(Page page, String where) {
    Object out = page.evaluate(STICKING_OUT);
    if (out != null) {
      wrong.add(where + " sticks out: " + out);
    }
  }

  /** What comes after the page belongs to its picture, and must not disturb the next. */
  private static void untilItHasFetched(Page page) {
    if (page.locator("[hx-trigger=load]").count() > 0) {
      page.waitForLoadState(
          LoadState.NETWORKIDLE, new Page.WaitForLoadStateOptions().setTimeout(PATIENCE_MILLIS));
    }
    PlaywrightAssertions.assertThat(page.locator("main .busy"))
        .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
  }

  private void time(Association association, Service service, int members, List<String> paths) {
    Hub hub = association.scene.hub();
    String cookie =
        "Cookie: rollcall=" + hub.sessions().begin(hub.users().find("administrator").orElseThrow());
    Wire wire = new Wire(service.port());
    Wire patient = new Wire(service.port(), PATIENCE_MILLIS);
    for (String path : paths) {
      boolean later = LATER.matcher(path).matches();
      judge(
          members,
          path,
          took(
              later ? 1 : TIMES,
              () -> {
                int status = (later ? patient : wire).get(path, cookie).status();
                assertThat(status).as(path).isLessThan(400);
              }));
    }
    for (Search search : searches(association)) {
      Matcher token = TOKEN.matcher(wire.get(search.page(), cookie).body());
      assertThat(token.find()).as(search.page()).isTrue();
      Map<String, String> form = new java.util.HashMap<>(search.fields());
      form.put("form-token", token.group(1));
      judge(
          members,
          search.path() + " " + search.fields(),
          took(
              TIMES,
              () -> {
                int status = wire.post(search.path(), form, cookie).status();
                assertThat(status).as(search.path()).isEqualTo(200);
              }));
    }
  }

  private static List<Search> searches(Association association) {
    String all = GroupPage.address(Scene.SYNC, Association.ALL);
    Map<String, String> group = Map.of("sync", Scene.SYNC, "group", Association.ALL);
    String run = "/runs/" + association.runs().get(0);
    String last = "/runs/" + association.runs().get(2);
    List<Search> searches = new ArrayList<>();
    for (String text : List.of(association.key(), "last 99", "a1", "k", "nobody has this")) {
      Map<String, String> fields = new java.util.TreeMap<>(Map.of("text", text));
      searches.add(new Search("/members", "/members", fields));
      searches.add(new Search("/households/chamber", "/households/chamber", fields));
      Map<String, String> inGroup = new java.util.TreeMap<>(group);
      inGroup.put("text", text);
      searches.add(new Search(all, "/groups/search", inGroup));
      searches.add(new Search("/by-hand/chamber", "/by-hand/chamber/find", fields));
    }
    for (String status : List.of("synced", "pending", "failed", "unsubscribed", "held")) {
      searches.add(
          new Search("/by-hand/chamber", "/by-hand/chamber/find", Map.of("status", status)));
    }
    searches.add(new Search(run, run + "/plan", Map.of()));
    searches.add(new Search(last, last + "/plan", Map.of("change", "remove from list")));
    return searches;
  }

  private void judge(int members, String what, long millis) {
    tell(members, what, millis);
    if (members >= 100_000 && millis >= PERMITTED_MILLIS && !LATER.matcher(what).matches()) {
      wrong.add("%,d members: %s takes %d ms".formatted(members, what, millis));
    }
  }

  /** The middle of so many, as whoever asked waits for it. */
  private static long took(int times, Runnable work) {
    return IntStream.range(0, times)
        .mapToLong(
            round -> {
              long began = System.nanoTime();
              work.run();
              return (System.nanoTime() - began) / 1_000_000;
            })
        .sorted()
        .skip(times / 2)
        .findFirst()
        .orElseThrow();
  }

  private static void tell(int members, String what, long millis) {
    if (MANY > 0) {
      System.out.printf("%,9d members  %-80s %,6d ms%n", members, what, millis);
    }
  }
}
