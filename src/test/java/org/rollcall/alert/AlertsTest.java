package org.rollcall.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.run.Lease;

/** What is told, with a real mail server. */
class AlertsTest {
  private static final String FIRST_RECIPIENT = "ann@example.org";
  private static final Instant LONG_AGO = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path home;
  private final GreenMail server = new GreenMail(new ServerSetup(0, "localhost", "smtp"));
  private Office office;

  @BeforeEach
  void the_mail_server_runs() {
    server.start();
    server.setUser(FIRST_RECIPIENT, "x");
    server.setUser("bob@example.org", "x");
    office = new Office(home).port(server.getSmtp().getPort());
  }

  @AfterEach
  void the_mail_server_stops() {
    server.stop();
  }

  @Test
  void a_failure_is_told_once_and_its_end_once() throws Exception {
    office.run("contacts", "failed", "the source gave no answer");
    office.work();
    office.clock.move(Duration.ofHours(1));
    office.run("contacts", "failed", "the source gave no answer");
    office.work();

    assertThat(subjects()).containsExactly("Rollcall: sync chamber failed");
    assertThat(bodies().get(0))
        .contains("Run 1 of sync chamber failed: the source gave no answer")
        .contains("    rollcall sync chamber");

    office.run("contacts", "completed", "");
    office.work();
    office.work();

    assertThat(subjects())
        .containsExactly("Rollcall: sync chamber failed", "Rollcall: sync chamber works again");
    assertThat(bodies().get(1)).contains("since Sunday 22 November 2026, 05:00 (UTC)");
  }

  @Test
  void lists_and_contacts_that_fail_together_are_told_together() throws Exception {
    office.run("lists", "failed", "the source gave no answer");
    office.run("contacts", "failed", "the source gave no answer");
    office.work();

    assertThat(subjects()).containsExactly("Rollcall: sync chamber failed");
  }

  @Test
  void a_run_that_was_only_looked_at_or_of_one_member_tells_nothing() throws Exception {
    office.run("contacts", "failed", "x");
    office.sql("UPDATE run SET whole = false");
    office.run("contacts", "planned", "x");
    office.run("contacts", "running", "x");
    office.work();

    assertThat(subjects()).isEmpty();
  }

  @Test
  void a_run_under_way_or_only_looked_at_does_not_end_a_failure() throws Exception {
    office.run("contacts", "failed", "x");
    office.work();
    office.run("contacts", "planned", "");
    office.run("contacts", "running", "");
    office.work();

    assertThat(subjects()).containsExactly("Rollcall: sync chamber failed");
  }

  @Test
  void a_held_plan_is_told_with_its_commands_until_somebody_decides() throws Exception {
    office.run("contacts", "held", "6613 of 6613 memberships would be removed");
    office.work();
    office.sql("UPDATE run SET decision = 'approved'");
    office.work();

    assertThat(subjects())
        .containsExactly(
            "Rollcall: a plan of sync chamber waits for you",
            "Rollcall: no plan of sync chamber waits any more");
    assertThat(bodies().get(0))
        .contains("6613 of 6613 memberships would be removed")
        .contains("rollcall approve 1", "rollcall reject 1", "rollcall status chamber --plan 1");
  }

  @Test
  void an_account_to_be_connected_again_is_told() throws Exception {
    office.sql(
        "INSERT INTO account_token (account_name, state, refresh_ciphertext, issued_at, expires_at,"
            + " version, updated_at) VALUES ('main', 'reconnect', '', now(), now(), 1, now())");
    office.work();
    office.sql("UPDATE account_token SET state = 'connected'");
    office.work();

    assertThat(subjects())
        .containsExactly(
            "Rollcall: account main has to be connected again",
            "Rollcall: account main is connected again");
    assertThat(bodies().get(0)).contains("rollcall connect main");
  }

  @Test
  void requests_that_are_nearly_used_up_are_told_until_the_next_day() throws Exception {
    office.set("accounts.main.requests-per-day", "1000");
    spend(899);
    office.work();
    assertThat(subjects()).isEmpty();
    spend(900);
    office.work();
    spend(1000);
    office.work();
    office.clock.move(Duration.ofDays(1));
    office.work();

    assertThat(subjects())
        .containsExactly(
            "Rollcall: account main has nearly used up today's requests",
            "Rollcall: account main has requests left again");
    assertThat(bodies().get(0)).contains("900 of the 1,000 requests", "00:00 UTC of 2026-11-23");
  }

  private void spend(int used) {
    office.sql("DELETE FROM pace_day");
    // SHA-256 of the client id abc
    office.sql(
        "INSERT INTO pace_day (api_key, day, used) VALUES (encode(sha256('abc'), 'hex'),"
            + " '2026-11-22', "
            + used
            + ")");
  }

  @Test
  void a_sync_that_has_confirmed_nothing_for_long_is_told_but_not_before_it_was_due()
      throws Exception {
    office.scheduledSince(LONG_AGO);
    office.run("contacts", "completed", "");
    office.clock.move(Duration.ofHours(47));
    office.work();
    assertThat(subjects()).isEmpty();

    office.clock.move(Duration.ofHours(2));
    office.work();
    office.run("contacts", "partial", "");
    office.work();

    assertThat(subjects())
        .containsExactly(
            "Rollcall: sync chamber has confirmed nothing for 49 hours",
            "Rollcall: sync chamber is up to date again");
  }

  @Test
  void neither_a_held_plan_nor_a_part_confirms_a_sync() throws Exception {
    office.scheduledSince(LONG_AGO);
    office.run("contacts", "completed", "");
    office.clock.move(Duration.ofHours(49));
    office.run("contacts", "completed", "");
    office.sql("UPDATE run SET whole = false WHERE run_id = 2");
    office.run("contacts", "held", "x");
    office.sql("UPDATE run SET decision = 'rejected' WHERE run_id = 3");
    office.work();

    assertThat(subjects())
        .containsExactly("Rollcall: sync chamber has confirmed nothing for 49 hours");
  }

  @Test
  void a_sync_whose_schedule_is_new_is_given_its_time() throws Exception {
    office.run("contacts", "completed", "");
    office.clock.move(Duration.ofHours(49));
    office.scheduledSince(office.clock.instant());
    office.work();

    assertThat(subjects()).isEmpty();
  }

  @Test
  void a_weekly_sync_has_its_week_and_a_run_that_is_due_half_a_day() throws Exception {
    office.weekly();
    office.scheduledSince(LONG_AGO);
    office.clock.set(Instant.parse("2026-11-23T00:00:00Z"));
    office.run("contacts", "completed", "");
    for (String time : List.of("2026-11-29T22:59:00Z", "2026-11-30T10:59:00Z")) {
      office.clock.set(Instant.parse(time));
      office.work();
      assertThat(subjects()).as(time).isEmpty();
    }
    office.clock.move(Duration.ofMinutes(1));
    office.work();

    assertThat(subjects())
        .containsExactly("Rollcall: sync chamber has confirmed nothing for 179 hours");
  }

  @Test
  void dead_letters_that_come_together_are_told_together() throws Exception {
    office.deadLetter();
    office.work();
    office.clock.move(Duration.ofMinutes(2));
    office.deadLetter();
    office.work();
    assertThat(subjects()).isEmpty();

    office.clock.move(Duration.ofMinutes(3));
    office.work();
    office.work();
    assertThat(subjects()).containsExactly("Rollcall: 2 new dead letters in sync chamber");

    office.deadLetter();
    office.clock.move(Duration.ofMinutes(3));
    office.work();
    office.sql("UPDATE dead_letter SET state = 'dismissed'");
    office.work();
    assertThat(subjects())
        .containsExactly(
            "Rollcall: 2 new dead letters in sync chamber",
            "Rollcall: 1 new dead letter in sync chamber",
            "Rollcall: no dead letters are left in sync chamber");
    assertThat(bodies().get(1)).contains("3 dead letters are open in all");
  }

  @Test
  void dead_letters_that_were_told_are_not_told_again() throws Exception {
    for (int burst = 0; burst < 2; burst++) {
      office.deadLetter();
      office.deadLetter();
      office.clock.move(Duration.ofMinutes(3));
      office.work();
    }
    office.clock.move(Duration.ofHours(2));
    office.work();

    assertThat(subjects())
        .containsExactly(
            "Rollcall: 2 new dead letters in sync chamber",
            "Rollcall: 2 new dead letters in sync chamber");
  }

  @Test
  void dead_letters_that_never_end_are_told_by_the_hour() throws Exception {
    for (int minute = 0; minute < 120; minute++) {
      office.deadLetter();
      office.clock.move(Duration.ofMinutes(1));
      office.work();
    }
    assertThat(subjects()).hasSize(2);
  }

  @Test
  void several_hubs_on_one_database_tell_once() throws Exception {
    office.run("contacts", "failed", "x");
    try (Mailroom one = office.mailroom();
        Mailroom other = office.mailroom()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Mailroom mailroom = i % 2 == 0 ? one : other;
        threads.add(new Thread(() -> mailroom.work(() -> false)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(subjects()).hasSize(1);
  }

  @Test
  void whoever_lost_the_lease_tells_nothing() throws Exception {
    office.scheduledSince(LONG_AGO);
    office.run("contacts", "failed", "x");
    office.overtaken();

    assertThatThrownBy(office::work).isInstanceOf(Lease.LostLease.class);
    assertThat(office.text("SELECT count(*) FROM mail")).isEqualTo("0");
  }

  @Test
  void whoever_lost_the_lease_writes_no_digest() throws Exception {
    office.set("mail.digest", "0 0 7 * * ?");
    office.work();
    office.clock.move(Duration.ofHours(2));
    office.overtaken();

    assertThatThrownBy(office::work).isInstanceOf(Lease.LostLease.class);
    assertThat(office.text("SELECT count(*) FROM mail")).isEqualTo("0");
  }

  @Test
  void messages_are_kept_for_a_month() throws Exception {
    office.run("contacts", "failed", "x");
    office.work();
    office.clock.move(Duration.ofDays(30));
    office.work();
    assertThat(office.text("SELECT count(*) FROM mail")).isEqualTo("1");

    office.clock.move(Duration.ofMinutes(1));
    office.work();
    assertThat(office.text("SELECT count(*) FROM mail")).isEqualTo("0");
  }

  @Test
  void what_is_no_longer_in_the_settings_is_not_told() throws Exception {
    office.run("contacts", "failed", "x");
    office.work();
    office.sql("UPDATE sync SET name = 'retired'");
    office.run("contacts", "failed", "x");
    office.work();
    office.sql("INSERT INTO alert VALUES ('main', 'failed', 'renamed', now(), 0)");
    office.work();

    assertThat(subjects())
        .containsExactly("Rollcall: sync chamber failed", "Rollcall: sync chamber works again");
    assertThat(office.text("SELECT count(*) FROM alert")).isEqualTo("0");
  }

  @Test
  void reasons_carry_no_addresses_and_no_line_breaks() throws Exception {
    office.run("contacts", "failed", "row of\r\nBcc: eve@example.com\u202e is broken");
    office.work();

    MimeMessage message = messages().get(0);
    assertThat(message.getAllRecipients()).hasSize(2);
    assertThat(body(message))
        .contains("failed: row of Bcc: (an address) is broken")
        .doesNotContain("eve@");
  }

  @Test
  void the_messages_link_to_the_console_where_there_is_one() throws Exception {
    office.set("service.public-url", "https://rollcall.example.org/");
    office.run("contacts", "failed", "x");
    office.work();

    assertThat(bodies().get(0)).contains("https://rollcall.example.org");
  }

  @Test
  void the_digest_is_sent_once_a_day_and_once_after_days_without_a_hub() throws Exception {
    office.set("mail.digest", "0 0 7 * * ?");
    office.work();
    assertThat(subjects()).isEmpty();
    office.clock.move(Duration.ofHours(2));
    office.work();
    office.work();
    office.clock.move(Duration.ofDays(3));
    office.run("contacts", "failed", "the source gave no answer");
    office.work();
    office.work();

    assertThat(subjects())
        .containsExactly(
            "Rollcall digest: all in order",
            "Rollcall: sync chamber failed",
            "Rollcall digest: one thing needs somebody");
    assertThat(bodies().get(2))
        .contains("Sunday 22 November 2026, 07:00 (UTC) to Wednesday 25 November 2026, 07:00 (UTC)")
        .contains("- sync chamber failed", "1 run, 1 of them failed", "0 people opted out");
  }

  @Test
  void what_happened_stands_in_one_digest_also_when_that_came_late() throws Exception {
    office.set("mail.digest", "0 0 7 * * ?");
    office.work();
    office.clock.move(Duration.ofHours(1));
    office.run("contacts", "completed", "");
    office.clock.move(Duration.ofHours(3));
    office.run("contacts", "completed", "");
    office.consent("opt_out", office.clock.instant());
    office.work();
    office.clock.move(Duration.ofDays(1));
    office.work();

    assertThat(bodies().get(0))
        .contains("22 November 2026, 07:00 (UTC)\n", "1 run,", "0 people opted out");
    assertThat(bodies().get(1))
        .contains("22 November 2026, 07:00 (UTC) to", "1 run,", "1 person opted out");
  }

  @Test
  void a_changed_digest_schedule_owes_nothing_from_before() throws Exception {
    office.set("mail.digest", "0 0 8 * * ?");
    office.work();
    office.clock.move(Duration.ofHours(3));
    office.set("mail.digest", "0 0 7 * * ?");
    office.work();
    assertThat(subjects()).isEmpty();

    office.clock.move(Duration.ofDays(1));
    office.work();
    assertThat(subjects()).hasSize(1);
  }

  @Test
  void the_digest_counts_who_opted_out_since_the_last_one() {
    office.consent("opt_out", office.clock.instant().minus(Duration.ofHours(30)));
    office.consent("opt_out", office.clock.instant().minus(Duration.ofHours(20)));
    office.consent("opt_in", office.clock.instant().minus(Duration.ofHours(20)));
    try (Mailroom mailroom = office.mailroom()) {
      assertThat(mailroom.digest().body()).contains("  1 person opted out.");
    }
  }

  @Test
  void the_digest_names_the_conflicts_that_wait_and_no_dry_run() throws Exception {
    office.conflict("m1", "source");
    office.run("contacts", "planned", "");
    try (Mailroom mailroom = office.mailroom()) {
      assertThat(mailroom.digest().subject()).isEqualTo("Rollcall digest: all in order");
      assertThat(mailroom.digest().body()).contains("  0 runs, 0 of them failed");

      office.conflict("m2", "open");
      assertThat(mailroom.digest().body())
          .contains("  - 1 address conflict in sync chamber\n      rollcall conflicts chamber\n");
    }
  }

  @Test
  void what_a_run_holds_is_not_told_as_done() throws Exception {
    office.run("contacts", "held", "7 of 7 memberships would be removed");
    office.sql("UPDATE run SET counts = '{\"createContact\":2,\"removeFromList\":7,\"held\":7}'");
    try (Mailroom mailroom = office.mailroom()) {
      assertThat(mailroom.digest().body()).contains("2 contacts created", "0 taken off");
      office.sql("UPDATE run SET counts = '{\"createContact\":2,\"removeFromList\":7,\"held\":0}'");
      assertThat(mailroom.digest().body()).contains("0 contacts created", "0 taken off");
    }
  }

  @Test
  void hostile_group_names_stay_words_of_the_digest() throws Exception {
    office.sql("INSERT INTO list (account_id, name) VALUES (1, 'l')");
    String name = "Board\r\nBcc: eve@example.com\r\n\r\n<b>" + "ä".repeat(300) + "\u202e";
    office.sql("INSERT INTO sync_group VALUES (1, 1, E'" + sqlText(name) + "', 1, true)");
    office.sql(
        "INSERT INTO member (account_id, sync_id, member_key, group_name, digest, present, address,"
            + " address_since, rank, login, fields, fields_digest, group_winner, contact_winner)"
            + " VALUES (1, 1, 'm1', E'"
            + sqlText(name)
            + "', 1, true, 'm1@example.org', now(), 1, false, '', 7, true, true)");
    office.sql("INSERT INTO failure VALUES (1, 1, 'm1@example.org', 7, 'no', now())");
    try (Mailroom mailroom = office.mailroom()) {
      Message digest = mailroom.digest();

      assertThat(digest.subject()).isEqualTo("Rollcall digest: one thing needs somebody");
      assertThat(digest.body())
          .contains("1 group of sync chamber with failed members")
          .contains("Failed members: Board Bcc: (an address) <b>ää")
          .doesNotContain("eve@", "m1@", "\r", "\u202e");
      assertThat(digest.body().lines()).allMatch(line -> line.length() < 200);
      assertThat(mailroom.send(new Message(name, digest.body())).trouble()).isNull();
    }
    MimeMessage sent = messages().get(0);
    assertThat(sent.getAllRecipients()).hasSize(2);
    assertThat(sent.getHeader("Bcc")).isNull();
    assertThat(sent.getSubject()).startsWith("Board Bcc: (an address) <b>ää").hasSize(150);
  }

  private static String sqlText(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }

  /** What the first recipient got; the second got as many. */
  private List<MimeMessage> messages() throws Exception {
    var users = server.getUserManager();
    List<MimeMessage> firsts =
        server
            .getManagers()
            .getImapHostManager()
            .getInbox(users.getUser(FIRST_RECIPIENT))
            .getMessages()
            .stream()
            .map(StoredMessage::getMimeMessage)
            .toList();
    assertThat(server.getReceivedMessages()).hasSize(2 * firsts.size());
    return firsts;
  }

  private List<String> subjects() throws Exception {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage message : messages()) {
      subjects.add(message.getSubject());
    }
    return subjects;
  }

  private List<String> bodies() throws Exception {
    List<String> bodies = new ArrayList<>();
    for (MimeMessage message : messages()) {
      bodies.add(body(message));
    }
    return bodies;
  }

  private static String body(MimeMessage message) throws Exception {
    return message.getContent().toString().replace("\r\n", "\n");
  }
}
