package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each record twice: its defaults, and a mapping of all its keys. */
class SettingsRecordsTest {
  private static final String[] ACCOUNT = {
    "rollcall.accounts.main.provider=constantcontact", "rollcall.accounts.main.client-id=abc"
  };

  @TempDir Path home;

  @Test
  void a_home_without_a_settings_file_has_no_settings() {
    Settings settings = new SettingsHome(home, Map.of(), Map.of()).read();

    assertThat(settings)
        .isEqualTo(
            new Settings(
                home,
                new DatabaseSettings(null, null, null),
                new ServiceSettings(
                    "127.0.0.1",
                    8077,
                    LogFormat.TEXT,
                    null,
                    Duration.ofHours(1),
                    Duration.ofHours(12),
                    null,
                    true),
                null,
                new MonitoringSettings(false, null, false, null),
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("rollcall.home", home.toString()),
                List.of()));
  }

  @Test
  void monitoring_takes_all_its_keys() {
    assertThat(
            home(
                    "rollcall.service.hawtio=true",
                    "rollcall.monitoring.token=of the instruments",
                    "rollcall.monitoring.groups=true",
                    "rollcall.monitoring.otlp-endpoint=http://127.0.0.1:4318")
                .read()
                .monitoring())
        .isEqualTo(
            new MonitoringSettings(
                true, new Secret("of the instruments"), true, URI.create("http://127.0.0.1:4318")));
  }

  @Test
  void the_records_carry_everything_that_was_given() {
    Settings settings =
        home(
                "rollcall.secret-key=key of the records",
                "rollcall.sources.a.url=jdbc:h2:mem:a",
                "camel.main.name=x")
            .read();

    assertThat(settings.secretKey()).isEqualTo(new Secret("key of the records"));
    assertThat(settings.sources()).containsOnlyKeys("a");
    assertThat(settings.placeholders()).containsOnlyKeys("rollcall.home", "rollcall.sources.a.url");
  }

  @Test
  void a_database_without_url_is_the_embedded_one() {
    assertThat(home("rollcall.database.url=").read().database())
        .isEqualTo(new DatabaseSettings(null, null, null));
  }

  @Test
  void a_database_takes_all_its_keys() {
    Settings settings =
        home(
                "rollcall.database.url=jdbc:postgresql://db/hub",
                "rollcall.database.username=hub",
                "rollcall.database.password=a #b")
            .read();

    assertThat(settings.database())
        .isEqualTo(new DatabaseSettings("jdbc:postgresql://db/hub", "hub", new Secret("a #b")));
  }

  @Test
  void the_service_answers_on_this_machine_only() {
    assertThat(home().read().service())
        .isEqualTo(
            new ServiceSettings(
                "127.0.0.1",
                8077,
                LogFormat.TEXT,
                null,
                Duration.ofHours(1),
                Duration.ofHours(12),
                null,
                true));
  }

  @Test
  void the_service_takes_all_its_keys() {
    assertThat(
            home(
                    "rollcall.service.host=0.0.0.0",
                    "rollcall.service.port=0",
                    "rollcall.service.log-format=json")
                .read()
                .service())
        .isEqualTo(
            new ServiceSettings(
                "0.0.0.0",
                0,
                LogFormat.JSON,
                null,
                Duration.ofHours(1),
                Duration.ofHours(12),
                null,
                true));
  }

  @Test
  void an_account_defaults_to_what_constant_contact_allows() {
    assertThat(home(ACCOUNT).read().account("main"))
        .isEqualTo(
            new AccountSettings(
                "main",
                "constantcontact",
                URI.create("https://api.cc.email/v3"),
                URI.create("https://authz.constantcontact.com/oauth2/default/v1"),
                "abc",
                null,
                null,
                Duration.ofSeconds(2),
                Duration.ofHours(2),
                Duration.ofMinutes(2),
                4,
                10_000,
                200,
                new ReadingSettings(25, Duration.ofDays(3), Duration.ofDays(730))));
  }

  @Test
  void an_account_takes_all_its_keys() {
    Settings settings =
        home(
                "rollcall.accounts.eu-1.provider=constantcontact        # or mailchimp",
                "rollcall.accounts.eu-1.api-url=http://localhost:9000/v3/",
                "rollcall.accounts.eu-1.auth-url=http://127.0.0.1:9000/oauth2",
                "rollcall.accounts.eu-1.client-id=id",
                "rollcall.accounts.eu-1.client-secret=s3cret # part of it",
                "rollcall.accounts.eu-1.refresh-token=token",
                "rollcall.accounts.eu-1.poll-interval=10ms",
                "rollcall.accounts.eu-1.job-deadline=30m",
                "rollcall.accounts.eu-1.settle-patience=5s",
                "rollcall.accounts.eu-1.requests-per-second=500",
                "rollcall.accounts.eu-1.requests-per-day=20000",
                "rollcall.accounts.eu-1.opt-out-reserve=0",
                "rollcall.accounts.eu-1.activities-share=50",
                "rollcall.accounts.eu-1.activities-overlap=6h",
                "rollcall.accounts.eu-1.activities-keep=90d")
            .read();

    assertThat(settings.account("eu-1"))
        .isEqualTo(
            new AccountSettings(
                "eu-1",
                "constantcontact",
                URI.create("http://localhost:9000/v3"),
                URI.create("http://127.0.0.1:9000/oauth2"),
                "id",
                new Secret("s3cret # part of it"),
                new Secret("token"),
                Duration.ofMillis(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5),
                500,
                20_000,
                0,
                new ReadingSettings(50, Duration.ofHours(6), Duration.ofDays(90))));
  }

  @Test
  void a_source_needs_only_its_url() {
    assertThat(home("rollcall.sources.chamber.url=jdbc:h2:mem:x").read().sources().get("chamber"))
        .isEqualTo(new SourceSettings("chamber", "jdbc:h2:mem:x", null, null));
  }

  @Test
  void a_source_takes_all_its_keys() {
    Settings settings =
        home(
                "rollcall.sources.chamber.url=jdbc:postgresql://db/members",
                "rollcall.sources.chamber.username=reader",
                "rollcall.sources.chamber.password=pass")
            .read();

    assertThat(settings.sources().get("chamber"))
        .isEqualTo(
            new SourceSettings(
                "chamber", "jdbc:postgresql://db/members", "reader", new Secret("pass")));
  }

  @Test
  void a_sync_mirrors_every_group_and_runs_by_hand() {
    Settings settings =
        home(
                ACCOUNT[0],
                ACCOUNT[1],
                "rollcall.syncs.chamber.account=main",
                "rollcall.syncs.chamber.members=direct:chamber-members")
            .read();

    assertThat(settings.sync("chamber"))
        .isEqualTo(
            new SyncSettings(
                "chamber",
                "main",
                "direct:chamber-members",
                null,
                List.of("*"),
                Set.of("primary", "beneficiary"),
                "${group}",
                Mode.MIRROR,
                new MaxRemovals(10, true),
                false,
                new IdentitySettings(
                    AddressConflicts.ASK,
                    null,
                    new MaxRemovals(500, false),
                    Grace.NONE,
                    Reconcile.NEVER),
                null,
                ZoneId.systemDefault(),
                null,
                new Rules(
                    List.of("role", "family-tree", "sign-in", "name", "key"),
                    List.of(
                        "primary_contact", "billing_contact", "management", "member", "company"),
                    Set.of("enabled", "active", "membership"),
                    SharedName.WINNER,
                    3,
                    new Silence(Duration.ofDays(365), List.of(), List.of())),
                new ActivitySettings(null, null)));
  }

  @Test
  void a_sync_takes_all_its_keys() {
    Settings settings =
        home(
                ACCOUNT[0],
                ACCOUNT[1],
                "rollcall.syncs.vote.account=main",
                "rollcall.syncs.vote.members=seda:voters  # the route",
                "rollcall.syncs.vote.opt-outs=direct:vote-opt-outs",
                "rollcall.syncs.vote.groups=District *, Team \\\\#1   # two",
                "rollcall.syncs.vote.memberships=primary",
                "rollcall.syncs.vote.list-name=Vote: ${group}",
                "rollcall.syncs.vote.mode=remove-only",
                "rollcall.syncs.vote.max-removals=25",
                "rollcall.syncs.vote.max-address-changes=5%",
                "rollcall.syncs.vote.address-conflicts=source",
                "rollcall.syncs.vote.address-changes=direct:voters-moved",
                "rollcall.syncs.vote.grace=7 days",
                "rollcall.syncs.vote.reconcile=weekly",
                "rollcall.syncs.vote.schedule=0 0 23 * * ?   # at night",
                "rollcall.syncs.vote.time-zone=America/Chicago",
                "rollcall.syncs.vote.window=23:00-04:00",
                "rollcall.syncs.vote.winner-order=name, role",
                "rollcall.syncs.vote.winner-roles=company,member,management,billing_contact,primary_contact",
                "rollcall.syncs.vote.eligible=membership  # lapsed ones too",
                "rollcall.syncs.vote.shared-name=combine",
                "rollcall.syncs.vote.shared-name-people=2",
                "rollcall.syncs.vote.silent-after=180d",
                "rollcall.syncs.vote.without-silent=News*, Tips",
                "rollcall.syncs.vote.only-silent=Win back",
                "rollcall.syncs.vote.interactions=direct:vote-interactions",
                "rollcall.syncs.vote.second-person=true",
                "rollcall.syncs.vote.activities-schedule=0 15 * * * ?   # hourly")
            .read();

    assertThat(settings.sync("vote"))
        .isEqualTo(
            new SyncSettings(
                "vote",
                "main",
                "seda:voters",
                "direct:vote-opt-outs",
                List.of("District *", "Team #1"),
                Set.of("primary"),
                "Vote: ${group}",
                Mode.REMOVE_ONLY,
                new MaxRemovals(25, false),
                true,
                new IdentitySettings(
                    AddressConflicts.SOURCE,
                    "direct:voters-moved",
                    new MaxRemovals(5, true),
                    new Grace(0, 7),
                    Reconcile.WEEKLY),
                "0 0 23 * * ?",
                ZoneId.of("America/Chicago"),
                new Window(LocalTime.of(23, 0), LocalTime.of(4, 0)),
                new Rules(
                    List.of("name", "role"),
                    List.of(
                        "company", "member", "management", "billing_contact", "primary_contact"),
                    Set.of("membership"),
                    SharedName.COMBINE,
                    2,
                    new Silence(
                        Duration.ofDays(180), List.of("News*", "Tips"), List.of("Win back"))),
                new ActivitySettings("0 15 * * * ?", "direct:vote-interactions")));
  }

  private SettingsHome home(String... lines) {
    return SettingsHome.of(home, lines);
  }
}
