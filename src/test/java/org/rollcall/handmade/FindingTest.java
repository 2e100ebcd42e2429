package org.rollcall.handmade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rollcall.TestDatabase;
import org.rollcall.TestSettings;
import org.rollcall.erasure.Erasures;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.handmade.HandMade.Found;
import org.rollcall.run.Runs;
import org.rollcall.settings.Secret;
import org.rollcall.settings.Settings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Standings;

/**
 * The search for members against the statuses themselves; with {@code -Drollcall.members=1000000}
 * it prints how long the steps of adding many by hand take; see docs/console.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindingTest {
  private static final int MEMBERS = Integer.getInteger("rollcall.members", 3_000);
  private static final String ALL = "All Members";
  private static final String SYNC = "chamber";
  private static final String ANNA = "anna";

  private final Store store = new Store(TestDatabase.fresh());
  private final Clock clock = Clock.systemUTC();
  private HandMade handMade;
  private Drafts drafts;

  @BeforeAll
  void an_association() throws IOException, SQLException {
    try (InputStream in =
        FindingTest.class.getResourceAsStream("/org/rollcall/verify/association.sql")) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String statement : sql.split(";\\s*\n")) {
        store.run(
            connection ->
                Query.of(connection, statement.replace("@members@", "" + MEMBERS)).update());
      }
    }
    Settings settings = TestSettings.chamber();
    Runs runs = new Runs(store, clock);
    new Standings(store, clock)
        .count(runs.target(settings.sync(SYNC), settings.account("main")), true);
    try (var connection = store.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
    Erasures erasures = new Erasures(store, new Secret("0123456789abcdef0123456789abcdef"));
    handMade = new HandMade(store, settings, runs, erasures, clock);
    drafts = new Drafts(store, settings, runs, clock);
  }

  private List<String> walk(Filter filter, int page) {
    List<String> found = new ArrayList<>();
    String after = null;
    do {
      HandMade.Page next = handMade.find(SYNC, filter, after, page);
      next.members().stream().map(Found::memberKey).forEach(found::add);
      after = next.next();
    } while (after != null);
    return found;
  }

  private List<String> truth(@Nullable String group, @Nullable String status, String where) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT DISTINCT m.member_key FROM member m JOIN member_status v"
                        + " USING (account_id, sync_id, member_key, group_name)"
                        + " WHERE m.present AND (:group::text IS NULL OR group_name = :group)"
                        + " AND (:status::text IS NULL OR v.status = :status) AND "
                        + where
                        + " ORDER BY 1")
                .bind("group", group)
                .bind("status", status)
                .list(row -> row.getString(1)));
  }

  @Test
  void every_filter_finds_whom_the_statuses_name_page_by_page() {
    if (MEMBERS > 10_000) {
      return;
    }
    present(false);
    for (String group : new String[] {null, ALL, "Board"}) {
      for (String status :
          new String[] {null, "synced", "pending", "unsubscribed", "failed", "not applicable"}) {
        String which = group + ", " + status;
        assertThat(walk(new Filter(group, status, null), 37))
            .as(which)
            .isEqualTo(truth(group, status, "true"));
        assertThat(walk(new Filter(group, status, "LAST 2"), 37))
            .as(which + ", few")
            .isEqualTo(truth(group, status, "sort_name LIKE 'last 2%'"));
        assertThat(walk(new Filter(group, status, "m"), 2_500))
            .as(which + ", many")
            .isEqualTo(truth(group, status, "true"));
      }
    }
    assertThat(walk(new Filter(ALL, null, "m12@"), 5)).containsExactly("m0000012");
    assertThat(walk(new Filter(null, "nonsense", null), 5)).isEmpty();
    assertThat(walk(new Filter("Nowhere", null, null), 5)).isEmpty();
    present(true);
  }

  private void present(boolean present) {
    store.run(
        connection ->
            Query.of(connection, "UPDATE member SET present = :present WHERE member_key LIKE '%55'")
                .bind("present", present)
                .update());
  }

  @Test
  void all_that_a_filter_finds_are_chosen_up_to_what_one_call_takes() {
    drafts.name(SYNC, ANNA, "Cards");
    List<String> failed =
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT member_key FROM outstanding WHERE status = 'failed' ORDER BY 1")
                    .list(row -> row.getString(1)));
    assertThat(drafts.choose(SYNC, ANNA, List.of(failed.get(0), "nobody"))).isEqualTo(1);

    int chosen = drafts.chooseAll(SYNC, ANNA, new Filter(null, "failed", null));

    assertThat(chosen).isEqualTo(failed.size() - 1);
    assertThat(drafts.keys(SYNC, ANNA)).isEqualTo(failed);
    timed("choosing all", 1, () -> drafts.chooseAll(SYNC, ANNA, new Filter(ALL, null, null)));
    assertThat(drafts.find(SYNC, ANNA).orElseThrow().members())
        .isEqualTo(Math.min(MEMBERS, HandMade.MOST));
    timed("the review: how many", 7, () -> drafts.find(SYNC, ANNA));
    timed("the review: a page of them", 7, () -> drafts.page(SYNC, ANNA, "m0000077", 51));
    List<String> keys = drafts.keys(SYNC, ANNA);
    timed(
        "the review: what saving does, of 1,000",
        7,
        () -> handMade.add(SYNC, "Cards", keys.subList(0, 1_000), ANNA, true));
    timed("saving them", 1, () -> handMade.add(SYNC, "Cards", keys, ANNA, false));
  }

  @Test
  void a_search_takes_as_long_with_a_million_members_as_with_few() {
    String late = "m%07d".formatted(MEMBERS - MEMBERS / 10);
    for (String status :
        new String[] {null, "synced", "pending", "unsubscribed", "failed", "not applicable"}) {
      timed("status " + status, 7, () -> page(null, status, null, null));
      timed("status " + status + " in a group", 7, () -> page(ALL, status, null, null));
    }
    timed("everybody, far behind", 7, () -> page(null, null, null, late));
    timed("a rare text", 7, () -> page(null, null, "last " + (MEMBERS - 1), null));
    timed("a rare text that fails", 7, () -> page(null, "failed", "last 99", null));
    timed("a text of everybody", 7, () -> page(null, null, "first", null));
    timed("a text of everybody in a small group", 7, () -> page("Board", null, "first", null));
    timed("a text of a third, failed", 7, () -> page(null, "failed", "last 3", null));
    timed("a text of a third, far behind", 7, () -> page(null, null, "last 3", late));
    timed("a text of nobody", 7, () -> page(null, null, "zzz", null));
    assertThat(page(null, null, "last " + (MEMBERS - 1), null).members()).hasSize(1);
  }

  private HandMade.Page page(
      @Nullable String group,
      @Nullable String status,
      @Nullable String text,
      @Nullable String after) {
    return handMade.find(SYNC, new Filter(group, status, text), after, 50);
  }

  /** The middle of so many times. */
  private static void timed(String what, int times, Runnable work) {
    List<Long> took =
        IntStream.range(0, times)
            .mapToObj(
                round -> {
                  long began = System.nanoTime();
                  work.run();
                  return Duration.ofNanos(System.nanoTime() - began).toMillis();
                })
            .sorted()
            .toList();
    System.out.printf("%-40s %6d ms%n", what, took.get(took.size() / 2));
  }
}
