package org.rollcall.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.TestSettings;
import org.rollcall.member.Reason;
import org.rollcall.run.Target;
import org.rollcall.settings.Mode;
import org.rollcall.settings.Settings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.GroupMembers.Only;

/**
 * The pages of groups against the statuses themselves; with {@code -Drollcall.members=1000000} it
 * prints how long they take; see docs/console.md.
 */
class GroupPagesTest {
  private static final int MEMBERS = Integer.getInteger("rollcall.members", 3_000);
  private static final String ALL = "All Members";

  private final Store store = new Store(TestDatabase.fresh());
  private final Standings standings = new Standings(store, Clock.systemUTC());
  private final GroupMembers members = new GroupMembers(store);
  private Target target;

  @BeforeEach
  void an_association() throws IOException {
    try (InputStream in = GroupPagesTest.class.getResourceAsStream("association.sql")) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      store.run(
          connection -> {
            for (String statement : sql.split(";\\s*\n")) {
              Query.of(connection, statement.replace("@members@", Integer.toString(MEMBERS)))
                  .update();
            }
          });
    }
    try (var connection = store.pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    Settings settings = TestSettings.chamber();
    target = new Target(1, 1, settings.sync("chamber"), settings.account("main"));
    timed("counting after a run", () -> count(true));
    timed("counting when nothing changed", () -> count(false));
  }

  private boolean count(boolean changed) {
    standings.count(target, changed);
    return true;
  }

  @Test
  void every_page_shows_whom_the_statuses_name() {
    Standings.Group all = standings.group("chamber", ALL).orElseThrow();
    Map<String, Set<String>> truth = truth();

    assertThat(all.members()).isEqualTo(MEMBERS);
    assertThat(all.synced()).isEqualTo(truth.get("synced").size()).isPositive();
    assertThat(all.pending()).isEqualTo(truth.get("pending").size()).isPositive();
    assertThat(all.unsubscribed()).isEqualTo(truth.get("unsubscribed").size()).isPositive();
    assertThat(all.failed()).isEqualTo(truth.get("failed").size()).isPositive();
    assertThat(all.notApplicable()).isEqualTo(truth.get("not applicable").size()).isPositive();
    for (Only only : Only.values()) {
      Set<String> wanted = truth.getOrDefault(only.word(), Set.of());
      if (only != Only.ALL && wanted.size() < 5_000) {
        assertThat(walk(only)).as(only.word()).isEqualTo(wanted);
      }
    }
  }

  @Test
  void who_left_or_has_opted_out_before_makes_no_page_thinner() {
    change("UPDATE member SET present = false WHERE digest % 3 = 0");
    change(
        "UPDATE member SET reason = 'UNSUBSCRIBED_BEFORE', group_winner = false,"
            + " contact_winner = false WHERE digest % 7 = 0");
    count(true);

    assertThat(page(Only.NOT_APPLICABLE, null, "").members()).hasSize(50);
    if (MEMBERS < 5_000) {
      assertThat(walk(Only.NOT_APPLICABLE)).isEqualTo(truth().get("not applicable"));
    }
  }

  @Test
  void a_sync_that_only_takes_away_shows_who_is_not_on_the_list() {
    change("UPDATE sync SET only_removes = true");
    change("DELETE FROM membership WHERE substring(address from '^m([0-9]+)')::int % 9 = 1");
    target =
        new Target(1, 1, TestSettings.chamber(Mode.REMOVE_ONLY).sync("chamber"), target.account());
    count(true);

    Set<String> wanted = truth().get("not applicable");
    assertThat(wanted).contains("m0000019", "m0000028");
    if (MEMBERS < 5_000) {
      assertThat(walk(Only.NOT_APPLICABLE)).isEqualTo(wanted);
    }
  }

  private void change(String sql) {
    store.run(connection -> Query.of(connection, sql).update());
  }

  @Test
  void a_page_takes_as_long_with_a_million_members_as_with_few() {
    timed("groups, first page", () -> standings.groups("chamber", wish(null), 101));
    timed("groups, search", () -> standings.groups("chamber", wish("harb"), 101));
    for (Only only : Only.values()) {
      timed("group, " + only.word(), () -> page(only, null, ""));
    }
    String late = "m%07d".formatted(MEMBERS - MEMBERS / 10);
    timed("group, all, far behind", () -> page(Only.ALL, null, late));
    timed("group, rare reason", () -> page(Only.NOT_APPLICABLE, Reason.ERASED_ON_REQUEST, ""));
    timed("search by key", () -> members.search(target, ALL, late, 50));
    timed("search by name", () -> members.search(target, ALL, "last 99", 50));
    timed("search by address", () -> members.search(target, ALL, "m1@", 50));
    timed("small group, search", () -> members.search(target, "Board", "last 1", 50));
    timed("small group, all", () -> members.page(target, "Board", every(""), 50));
    timed("what needs a person", () -> new Attention(store, Clock.systemUTC()).bySync());

    assertThat(members.search(target, ALL, late, 50))
        .extracting(GroupMembers.Member::key)
        .containsExactly(late);
    assertThat(members.search(target, ALL, "m1@", 50))
        .extracting(GroupMembers.Member::key)
        .contains("m0000001");
    assertThat(page(Only.NOT_APPLICABLE, Reason.ERASED_ON_REQUEST, "").members()).hasSize(1);
  }

  private static Standings.Wish wish(@Nullable String search) {
    return new Standings.Wish(true, search, null);
  }

  private static GroupMembers.Wish every(String after) {
    return new GroupMembers.Wish(Only.ALL, null, after);
  }

  private GroupMembers.Page page(Only only, @Nullable Reason reason, String after) {
    return members.page(target, ALL, new GroupMembers.Wish(only, reason, after), 50);
  }

  private Set<String> walk(Only only) {
    Set<String> found = new HashSet<>();
    String after = "";
    while (after != null) {
      GroupMembers.Page page = page(only, null, after);
      page.members().forEach(member -> assertThat(found.add(member.key())).isTrue());
      after = page.next();
    }
    return found;
  }

  private Map<String, Set<String>> truth() {
    Map<String, Set<String>> truth = new java.util.HashMap<>();
    new Statuses(store)
        .members(
            "chamber",
            status -> {
              if (status.group().equals(ALL)) {
                truth
                    .computeIfAbsent(status.status(), word -> new HashSet<>())
                    .add(status.memberKey());
              }
            });
    return truth;
  }

  /** The middle of seven, on a connection that has seen the statement. */
  private static void timed(String what, Runnable work) {
    int times = MEMBERS > 100_000 && what.startsWith("counting") ? 1 : 7;
    List<Long> took =
        java.util.stream.IntStream.range(0, times)
            .mapToObj(
                round -> {
                  long began = System.nanoTime();
                  work.run();
                  return Duration.ofNanos(System.nanoTime() - began).toMillis();
                })
            .sorted()
            .toList();
    System.out.printf("%-32s %6d ms%n", what, took.get(took.size() / 2));
  }
}
