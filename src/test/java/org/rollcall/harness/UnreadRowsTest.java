package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Commands.Result;
import org.rollcall.route.Replays;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Oddity;

/** A row of a report that nobody can read is put aside, once, and the others are kept. */
class UnreadRowsTest {
  private static final String BOARD = "Board";

  private final Scene scene = Scene.open().pace(500);
  private String campaign = "";

  @BeforeEach
  void a_campaign_was_sent() {
    scene.source().put(SourceRow.person("m1", BOARD, "c1@example.org"));
    for (int i = 0; i < 30; i++) {
      scene
          .provider()
          .createContact("c" + i + "@example.org", List.of(BOARD), Edit.name("Ann", "A"));
    }
    scene.sync();
    campaign = scene.provider().campaigns().send("", List.of(BOARD), 3);
    scene.provider().advanceClock(Duration.ofDays(9));
    scene.provider().expireAccessTokens();
  }

  @AfterEach
  void all_close() {
    scene.close();
  }

  private void happens(String kind, int contact) {
    scene
        .provider()
        .campaigns()
        .happens(
            campaign, kind, "c" + contact + "@example.org", scene.provider().now(), null, null);
  }

  private void spoil(String kind, int contact, Oddity how) {
    scene.provider().campaigns().spoil(campaign, kind, "c" + contact + "@example.org", how);
  }

  private Runs.Record read() {
    return scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0);
  }

  private long requests() {
    return scene.provider().journal().stream()
        .filter(entry -> entry.path().startsWith("/v3"))
        .count();
  }

  private String letters() {
    return String.valueOf(
        scene.ask(
            "SELECT string_agg(state || ' ' || (payload::json ->> 'what') || ' ' ||"
                + " coalesce(payload::json -> 'row' ->> 'email_address', '-') || ' ' ||"
                + " coalesce(member_key, '-'), ', ' ORDER BY dead_letter_id) FROM dead_letter"
                + " WHERE kind = 'answer'"));
  }

  private int missing() {
    return Truth.provider(scene).size() - Truth.hub(scene).size();
  }

  private void foundWithoutAnotherLook() {
    scene.provider().clearJournal();
    assertThat(read().state()).isEqualTo(RunState.COMPLETED);
    assertThat(requests()).as("it is not looked for again").isEqualTo(2);
  }

  @Test
  void it_is_kept_once_counts_as_found_and_the_rest_of_the_page_is_kept() {
    happens("forwards", 2);
    happens("forwards", 3);
    happens("forwards", 4);
    spoil("sends", 1, Oddity.TIME);
    spoil("sends", 5, Oddity.NO_TIME);
    spoil("forwards", 2, Oddity.NO_CONTACT);
    spoil("forwards", 3, Oddity.NO_ROW);
    Runs.Record run = read();

    assertThat(run.error()).isNull();
    assertThat(run.state()).as("done, and some records failed").isEqualTo(RunState.PARTIAL);
    assertThat(run.counts()).contains("\"failed\": 4");
    assertThat(missing()).isEqualTo(4);
    assertThat(Truth.provider(scene)).containsAll(Truth.hub(scene));
    assertThat(letters().split(", "))
        .containsExactlyInAnyOrder(
            "open send c1@example.org m1",
            "open send c5@example.org -",
            "open forward c2@example.org -",
            "open forward - -");
    foundWithoutAnotherLook();

    happens("forwards", 6);
    assertThat(read().state()).as("the page is read again").isEqualTo(RunState.COMPLETED);
    assertThat(letters().split(", ")).hasSize(4);
    foundWithoutAnotherLook();
    happens("forwards", 7);
    assertThat(read().state()).isEqualTo(RunState.COMPLETED);
    assertThat(missing()).as("nothing that came later is passed over").isEqualTo(4);
  }

  @Test
  void of_what_is_counted_by_events_it_counts_once_too() {
    happens("opens", 2);
    spoil("opens", 2, Oddity.TIME);
    int odd =
        (int)
            Truth.provider(scene).stream()
                .filter(row -> row.startsWith("open ") && row.contains(contact(2)))
                .count();
    read();
    assertThat(missing()).isEqualTo(odd);
    foundWithoutAnotherLook();
    for (int contact = 3; contact < 6; contact++) {
      happens("opens", contact);
      read();
      assertThat(missing()).isEqualTo(odd);
      foundWithoutAnotherLook();
    }
  }

  private String contact(int number) {
    return String.valueOf(
        scene.ask("SELECT contact_id FROM contact WHERE address = 'c" + number + "@example.org'"));
  }

  @Test
  void one_that_was_dismissed_stays_so_and_one_that_is_replayed_is_read_again() {
    happens("forwards", 2);
    happens("forwards", 3);
    spoil("forwards", 2, Oddity.TIME);
    spoil("forwards", 3, Oddity.TIME);
    read();
    long first =
        Long.parseLong(String.valueOf(scene.ask("SELECT min(dead_letter_id) FROM dead_letter")));
    scene.hub().deadLetters().settle(first, false);
    happens("forwards", 4);
    read();
    assertThat(letters())
        .isEqualTo("dismissed forward c3@example.org -, open forward c2@example.org -");

    assertThat(replay(first + 1).state()).as("still odd").isEqualTo(RunState.PARTIAL);
    assertThat(letters()).contains("replayed forward c2", "open forward c2");
    foundWithoutAnotherLook();
    spoil("forwards", 2, null);
    long again =
        Long.parseLong(String.valueOf(scene.ask("SELECT max(dead_letter_id) FROM dead_letter")));
    assertThat(replay(again).state()).isEqualTo(RunState.COMPLETED);
    assertThat(letters()).doesNotContain("open");
    assertThat(missing()).as("the dismissed one").isEqualTo(1);
    foundWithoutAnotherLook();
  }

  private Runs.Record replay(long letter) {
    Replays replays = scene.hub().replays();
    Replays.Order order = Replays.Order.empty();
    assertThat(replays.settle(letter, order)).isEqualTo(Scene.SYNC);
    Replays.Order late = Replays.Order.empty();
    assertThat(replays.settle(letter, late)).as("settled by somebody else meanwhile").isNull();
    assertThat(late).isEqualTo(Replays.Order.empty());
    return replays.run(order, scene.hub().syncs(), Progress.NONE).get(0);
  }

  @Test
  void it_goes_with_the_person_and_does_not_come_back() {
    happens("forwards", 1);
    spoil("forwards", 1, Oddity.TIME);
    read();
    assertThat(letters()).isEqualTo("open forward c1@example.org m1");
    scene.hub().forgetting().forget("m1", null, "test", dossier -> {});
    assertThat(letters()).isEqualTo("null");
    happens("forwards", 3);
    read();
    assertThat(letters()).isEqualTo("null");
  }

  @Test
  void a_null_link_a_deleted_contact_and_a_campaign_without_a_name_are_no_trouble() {
    scene
        .provider()
        .campaigns()
        .happens(campaign, "clicks", "c2@example.org", scene.provider().now(), 0, null);
    spoil("clicks", 2, Oddity.NO_LINK);
    scene.provider().deleteContact("c3@example.org");
    assertThat(read().state()).isEqualTo(RunState.COMPLETED);
    assertThat(missing()).isZero();
    assertThat(letters()).isEqualTo("null");
    assertThat(
            scene.ask(
                "SELECT bool_and(a.link_no = 0) FROM activity a JOIN activity_contact k"
                    + " USING (account_id, contact_no) WHERE a.kind = 'click'"
                    + " AND k.address = 'c2@example.org'"))
        .isEqualTo("t");
    Result shown = Commands.run(scene.home(), "activities", "chamber", "--member", "m1");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("sent");
    foundWithoutAnotherLook();
  }
}
