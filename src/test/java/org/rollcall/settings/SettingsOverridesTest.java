package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsOverridesTest {
  private static final String CLIENT_ID = "rollcall.accounts.main.client-id";
  private static final String PROVIDER = "rollcall.accounts.main.provider=constantcontact";

  @TempDir Path home;

  @Test
  void the_environment_wins_over_the_file() {
    SettingsHome given =
        home(PROVIDER, CLIENT_ID + "=file").variable("ROLLCALL_ACCOUNTS_MAIN_CLIENT_ID", "env");

    assertThat(given.read().account("main").clientId()).isEqualTo("env");
  }

  @Test
  void a_set_option_wins_over_the_environment() {
    SettingsHome given =
        home(PROVIDER, CLIENT_ID + "=file")
            .variable("ROLLCALL_ACCOUNTS_MAIN_CLIENT_ID", "env")
            .set(CLIENT_ID, "set");

    assertThat(given.read().account("main").clientId()).isEqualTo("set");
  }

  @Test
  void a_variable_may_give_a_key_that_the_file_lacks() {
    SettingsHome given = home(PROVIDER).variable("ROLLCALL_ACCOUNTS_MAIN_CLIENT_ID", "env");

    assertThat(given.read().account("main").clientId()).isEqualTo("env");
  }

  @Test
  void a_variable_finds_the_name_with_dashes_that_the_file_uses() {
    SettingsHome given =
        home(
                "rollcall.accounts.Main-eu_1.provider=constantcontact",
                "rollcall.accounts.Main-eu_1.client-id=file")
            .variable("ROLLCALL_ACCOUNTS_MAIN_EU_1_POLL_INTERVAL", "5s");

    assertThat(given.read().account("Main-eu_1").pollInterval()).hasSeconds(5);
  }

  @Test
  void variables_alone_introduce_a_name_in_small_letters_with_dashes() {
    SettingsHome given =
        home()
            .variable("ROLLCALL_ACCOUNTS_WEST_COAST_PROVIDER", "constantcontact")
            .variable("ROLLCALL_ACCOUNTS_WEST_COAST_CLIENT_ID", "env");

    assertThat(given.read().accounts()).containsOnlyKeys("west-coast");
  }

  @Test
  void an_empty_override_brings_the_default_back() {
    SettingsHome given = home("rollcall.service.port=9000").variable("ROLLCALL_SERVICE_PORT", "");

    assertThat(given.read().service().port()).isEqualTo(8077);
  }

  @Test
  void a_variable_that_means_no_setting_is_a_warning() {
    SettingsHome given =
        home().variable("ROLLCALL_SERVICE_PROT", "1").variable("ROLLCALL_HOME", "/x");

    assertThat(given.read().warnings())
        .containsExactly("environment ROLLCALL_SERVICE_PROT: matches no setting and is ignored");
  }

  @Test
  void overrides_reach_the_placeholders_of_routes_but_secrets_do_not() {
    SettingsHome given =
        home(
                "rollcall.sources.a.url=jdbc:h2:mem:a  # soon another",
                "rollcall.sources.a.password=p")
            .set("rollcall.sources.a.username", "u");

    assertThat(given.read().placeholders())
        .containsEntry("rollcall.sources.a.url", "jdbc:h2:mem:a")
        .containsEntry("rollcall.sources.a.username", "u")
        .doesNotContainKey("rollcall.sources.a.password");
  }

  @Test
  void keys_of_others_are_overridden_by_the_environment_too() {
    SettingsHome given = home("my.table=members", "my.other=x").variable("MY_TABLE", "people");

    assertThat(given.read().placeholders())
        .containsEntry("my.table", "people")
        .doesNotContainKey("my.other");
  }

  @Test
  void placeholders_take_other_keys_the_environment_the_home_and_defaults() {
    SettingsHome given =
        home(
                "name=members",
                "rollcall.sources.a.url=jdbc:h2:{{rollcall.home}}/{{name}}{{suffix:-1}}",
                "rollcall.sources.a.password={{env:MEMBERS_PASSWORD}}")
            .variable("MEMBERS_PASSWORD", "from-env");

    SourceSettings source = given.read().sources().get("a");
    assertThat(source.url()).isEqualTo("jdbc:h2:" + home + "/members-1");
    assertThat(source.password()).isEqualTo(new Secret("from-env"));
  }

  @Test
  void comments_behind_values_are_left_out_as_the_sample_writes_them() {
    Settings settings =
        home(
                "# the hub's own state",
                "rollcall.database.url=",
                "",
                "rollcall.accounts.main.provider=constantcontact        # or mailchimp",
                "rollcall.accounts.main.client-id=abc",
                "rollcall.accounts.main.refresh-token=                   # taken over once",
                "rollcall.accounts.main.poll-interval=2s                 # how often",
                "rollcall.syncs.chamber.account=main",
                "rollcall.syncs.chamber.members=direct:chamber-members   # the route",
                "rollcall.syncs.chamber.list-name=${group}",
                "rollcall.syncs.chamber.max-removals=10%                 # the guard; a number",
                "rollcall.syncs.chamber.schedule=0 0 23 * * ?")
            .read();

    assertThat(settings.account("main").refreshToken()).isNull();
    assertThat(settings.sync("chamber").members()).isEqualTo("direct:chamber-members");
    assertThat(settings.sync("chamber").maxRemovals()).isEqualTo(new MaxRemovals(10, true));
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void a_key_given_twice_is_a_warning_and_the_later_wins() {
    Settings settings = home("rollcall.service.port=1", "rollcall.service.port=2").read();

    assertThat(settings.service().port()).isEqualTo(2);
    assertThat(settings.warnings())
        .containsExactly(
            "config/application.properties:1: rollcall.service.port: is given again further down;"
                + " this line is ignored");
  }

  @Test
  void a_secret_left_empty_before_a_comment_is_absent() {
    SettingsHome given = home("rollcall.secret-key=        # generated when absent");

    assertThat(given.read().secretKey()).isNull();
  }

  @Test
  void a_secret_may_begin_with_the_comment_character() {
    assertThat(home("rollcall.secret-key=#123456789abcdef").read().secretKey())
        .isEqualTo(new Secret("#123456789abcdef"));
  }

  @Test
  void a_blank_and_a_hash_inside_a_secret_are_kept_with_a_warning() {
    Settings settings = home("", "rollcall.secret-key=a # b and so forth").read();

    assertThat(settings.secretKey()).isEqualTo(new Secret("a # b and so forth"));
    assertThat(settings.warnings())
        .containsExactly(
            "config/application.properties:2: rollcall.secret-key: the # and what follows is"
                + " taken as part of the secret");
  }

  private SettingsHome home(String... lines) {
    return SettingsHome.of(home, lines);
  }
}
