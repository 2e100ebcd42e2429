package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenSettingsTest {
  private static final String FILE = "config/application.properties";

  @TempDir Path home;

  /** The line is the fifth of an otherwise good file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
              rollcall.syncs.chamber.mode=mirorr | "mirorr" is not a mode; use mirror, add-only or remove-only
              rollcall.syncs.chamber.max-removals=120% | "120%" is out of range; use a number from 0 on, or a percentage from 0% to 100%
              rollcall.syncs.chamber.max-removals=few | "few" is neither a number nor a percentage; use a number from 0 on, or a percentage from 0% to 100%
              rollcall.syncs.chamber.schedule=0 23 * * * | "0 23 * * *" is not a Quartz cron expression; it has five fields; put the seconds in front, such as 0 0 23 * * ?
              rollcall.syncs.chamber.schedule=0 0 25 * * ? | "0 0 25 * * ?" is not a Quartz cron expression; use six or seven fields from seconds on, such as 0 0 23 * * ?
              rollcall.syncs.chamber.time-zone=Chicago | "Chicago" is not a time zone; use a name such as America/Chicago
              rollcall.syncs.chamber.window=23-4 | "23-4" is not a window of the day; use two times such as 23:00-04:00
              rollcall.syncs.chamber.memberships=primary,guest | "guest" is not a membership kind; use primary, beneficiary or both
              rollcall.syncs.chamber.winner-order=role,age | "age" is not a rule to find a winner by; use role, family-tree, sign-in, name or key
              rollcall.syncs.chamber.winner-order=role,name,role | "role" stands there twice; name each once
              rollcall.syncs.chamber.winner-order=key,role | "role" stands behind "key", where nothing is left to decide; put key last, or leave it out: it always decides last
              rollcall.syncs.chamber.winner-order=, | "," names nothing; use role, family-tree, sign-in, name or key
              rollcall.syncs.chamber.winner-roles=member,company,management | "primary_contact" and "billing_contact" are missing; name every role once, the one that wins first: primary_contact,billing_contact,management,member,company
              rollcall.syncs.chamber.winner-roles=boss | "boss" is not a role; use primary_contact, billing_contact, management, member or company
              rollcall.syncs.chamber.eligible=active,opt-out | "opt-out" cannot be chosen: who opted out is never synchronised, whatever stands here; leave it out
              rollcall.syncs.chamber.eligible=address | "address" cannot be chosen: without a valid address nobody is synchronised, whatever stands here; leave it out
              rollcall.syncs.chamber.eligible=any,active | "any" is not a condition for members; use enabled, active, membership or reachable
              rollcall.syncs.chamber.silent-after=a year | "a year" is not a duration; use a number with its unit, such as 500ms, 2s, 5m, 2h or 1d
              rollcall.syncs.chamber.shared-name=both | "both" is not a name rule; use winner or combine
              rollcall.syncs.chamber.shared-name-people=1 | "1" is out of range; use a whole number from 2 to 5
              rollcall.syncs.chamber.modes=mirror | is not a setting; did you mean rollcall.syncs.chamber.mode?
              rollcall.sync.chamber.mode=mirror | is not a setting; did you mean rollcall.syncs.chamber.mode?
              rollcall.console.colour=blue | is not a setting; see docs/settings.md for the settings there are
              rollcall.home=/srv | is not a setting; use --home or the environment variable ROLLCALL_HOME
              rollcall.accounts.main.api-url=http://api.cc.email/v3 | "http://api.cc.email/v3" would send tokens unencrypted; use https (plain http only works to localhost)
              rollcall.accounts.main.api-url=api.cc.email | "api.cc.email" is not an absolute http(s) URL; use an address such as https://api.cc.email/v3
              rollcall.accounts.main.poll-interval=2 | "2" is not a duration; use a number with its unit, such as 500ms, 2s, 5m, 2h or 1d
              rollcall.accounts.main.poll-interval=1h | "1h" is out of range; use 10ms to 10m
              rollcall.accounts.main.requests-per-second=0 | "0" is out of range; use a whole number from 1 to 500
              rollcall.accounts.main.requests-per-day=many | "many" is not a number; use a whole number from 1 to 100000000
              rollcall.accounts.main.opt-out-reserve=10000 | "10000" leaves nothing of the day's 10000 requests; use less than rollcall.accounts.main.requests-per-day
              rollcall.sources.chamber.url=postgresql://db/members | the value does not begin with jdbc:; use a URL such as jdbc:postgresql://localhost:5432/members
              rollcall.service.port=http | "http" is not a number; use a whole number from 0 to 65535
              rollcall.service.host={{bind}} | {{bind}} has no value; define bind in the same file, or write {{bind:default}}
              rollcall.secret-key=fifteen letters | the value has fewer than 16 characters; use a long random text, such as openssl rand -base64 32 prints
              rollcall.secret-key={{aws:hub/key}} | {{aws:...}} is not available in Rollcall's own settings; use {{env:NAME}}
          rollcall.secret-key={{env:HUB_KEY}} | {{env:HUB_KEY}} has no value; set the environment variable HUB_KEY
          """)
  void a_broken_line_gets_one_sentence(String line, String sentence) {
    String key = line.substring(0, line.indexOf('='));

    assertThatThrownBy(() -> good(line).read())
        .isInstanceOf(SettingsException.class)
        .hasMessage(FILE + ":5: " + key + ": " + sentence);
  }

  @Test
  void membership_kinds_that_nothing_asks_for_are_a_mistake() {
    assertThatThrownBy(
            () ->
                SettingsHome.of(
                        home,
                        "rollcall.accounts.main.provider=constantcontact",
                        "rollcall.accounts.main.client-id=abc",
                        "rollcall.syncs.chamber.account=main",
                        "rollcall.syncs.chamber.members=direct:chamber-members",
                        "rollcall.syncs.chamber.memberships=primary",
                        "rollcall.syncs.chamber.eligible=active")
                    .read())
        .hasMessageContaining(
            "rollcall.syncs.chamber.eligible: \"membership\" is missing, so that"
                + " rollcall.syncs.chamber.memberships decides nothing");
  }

  @Test
  void a_group_without_and_of_silent_members_only_is_a_mistake() {
    assertThatThrownBy(
            () ->
                good("rollcall.syncs.chamber.without-silent=News, Board")
                    .set("rollcall.syncs.chamber.only-silent", "Board")
                    .read())
        .hasMessageContaining(
            "rollcall.syncs.chamber.only-silent: \"Board\" stands in"
                + " rollcall.syncs.chamber.without-silent too, so that nobody would be in the group;"
                + " name it in one of them");
  }

  @Test
  void silence_that_outlasts_what_is_kept_is_a_mistake() {
    assertThatThrownBy(
            () ->
                good("rollcall.syncs.chamber.without-silent=News")
                    .set("rollcall.accounts.main.activities-keep", "365d")
                    .read())
        .hasMessageContaining(
            "rollcall.syncs.chamber.silent-after: \"365d\" is longer than activities are kept;"
                + " use less, or a longer rollcall.accounts.main.activities-keep");
  }

  @Test
  void mailchimp_is_not_supported_yet() {
    SettingsHome given = good().set("rollcall.accounts.main.provider", "mailchimp");

    assertThatThrownBy(given::read)
        .hasMessage(
            "from --set: rollcall.accounts.main.provider: \"mailchimp\" is not supported yet;"
                + " use constantcontact");
  }

  @Test
  void an_override_from_the_environment_names_its_variable() {
    SettingsHome given = good().variable("ROLLCALL_SYNCS_CHAMBER_MODE", "both");

    assertThatThrownBy(given::read)
        .hasMessage(
            "from environment ROLLCALL_SYNCS_CHAMBER_MODE: rollcall.syncs.chamber.mode: \"both\""
                + " is not a mode; use mirror, add-only or remove-only");
  }

  @Test
  void a_missing_key_names_the_file_and_what_to_write() {
    SettingsHome given = SettingsHome.of(home, "rollcall.accounts.main.provider=constantcontact");

    assertThatThrownBy(given::read)
        .hasMessage(
            FILE
                + ": rollcall.accounts.main.client-id: is missing; write"
                + " rollcall.accounts.main.client-id=YOUR-CLIENT-ID");
  }

  @Test
  void a_required_key_left_empty_is_missing_and_keeps_its_line() {
    SettingsHome given =
        SettingsHome.of(
            home,
            "rollcall.accounts.main.provider=constantcontact",
            "rollcall.accounts.main.client-id=   # from the portal");

    assertThatThrownBy(given::read)
        .hasMessage(
            FILE
                + ":2: rollcall.accounts.main.client-id: is missing; write"
                + " rollcall.accounts.main.client-id=YOUR-CLIENT-ID");
  }

  @Test
  void a_sync_with_an_unknown_account_is_told_the_accounts() {
    SettingsHome given = good().set("rollcall.syncs.chamber.account", "mian");

    assertThatThrownBy(given::read)
        .hasMessage(
            "from --set: rollcall.syncs.chamber.account: \"mian\" is not an account; use main");
  }

  @Test
  void all_problems_are_told_at_once_those_of_single_values_before_what_does_not_fit_together() {
    SettingsHome given =
        SettingsHome.of(
            home,
            "rollcall.syncs.a.mode=x",
            "rollcall.syncs.a.account=gone",
            "rollcall.acounts.main.client-id=y");

    SettingsException thrown = catchThrowableOfType(SettingsException.class, given::read);

    assertThat(thrown.problems())
        .extracting(Problem::line, Problem::key)
        .containsExactly(
            tuple(3, "rollcall.acounts.main.client-id"),
            tuple(1, "rollcall.syncs.a.mode"),
            tuple(2, "rollcall.syncs.a.account"),
            tuple(0, "rollcall.syncs.a.members"));
    assertThat(thrown.getMessage().lines()).hasSize(4);
  }

  @Test
  void lines_are_counted_over_continued_values_and_comments() {
    SettingsHome given =
        SettingsHome.of(
            home,
            "# groups \\",
            "rollcall.service.host=\\",
            "  localhost",
            "",
            "rollcall.service.port=x");

    assertThatThrownBy(given::read).hasMessageStartingWith(FILE + ":5: rollcall.service.port: ");
  }

  @Test
  void no_problem_shows_a_secret() {
    SettingsHome given =
        SettingsHome.of(
            home,
            "rollcall.accounts.main.client-secret=planted-1",
            "rollcall.accounts.main.client-secrte=planted-2",
            "rollcall.sources.a.url=postgresql://reader:planted-3@db/x",
            "rollcall.accounts.main.api-url=https://user:planted-4@host/",
            "rollcall.database.password={{planted-5}}",
            "rollcall.database.url=jdbc:mysql://db?password=planted-6");

    SettingsException thrown = catchThrowableOfType(SettingsException.class, given::read);

    assertThat(thrown.problems()).hasSizeGreaterThan(5);
    assertThat(thrown.getMessage())
        .doesNotContain("planted-1", "planted-2", "planted-3", "planted-4", "planted-6");
  }

  @Test
  void a_placeholder_that_refers_to_itself_is_refused() {
    SettingsHome given = SettingsHome.of(home, "a={{b}}", "b={{a}}", "rollcall.service.host={{a}}");

    assertThatThrownBy(given::read)
        .hasMessage(
            FILE + ":3: rollcall.service.host: {{a}} refers to itself; write the value instead");
  }

  @Test
  void a_variable_that_two_names_could_mean_is_refused() {
    SettingsHome given =
        SettingsHome.of(
                home,
                "rollcall.sources.a-b.url=jdbc:h2:mem:1",
                "rollcall.sources.a_b.url=jdbc:h2:mem:2")
            .variable("ROLLCALL_SOURCES_A_B_USERNAME", "u");

    assertThatThrownBy(given::read)
        .hasMessage(
            "from environment ROLLCALL_SOURCES_A_B_USERNAME: could mean"
                + " rollcall.sources.a-b.username or rollcall.sources.a_b.username; rename one of"
                + " them, or use --set");
  }

  @Test
  void an_undefined_sync_is_answered_with_those_there_are() {
    Settings settings = good().read();

    assertThatThrownBy(() -> settings.sync("chambr"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            FILE + ": rollcall.syncs.chambr: \"chambr\" is not a defined sync; use chamber");
  }

  private SettingsHome good(String... more) {
    String[] lines = {
      "rollcall.accounts.main.provider=constantcontact",
      "rollcall.accounts.main.client-id=abc",
      "rollcall.syncs.chamber.account=main",
      "rollcall.syncs.chamber.members=direct:chamber-members",
      String.join("\n", more)
    };
    return SettingsHome.of(home, lines);
  }
}
