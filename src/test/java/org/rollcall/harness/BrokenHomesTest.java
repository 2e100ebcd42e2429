package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failure C10: whatever is wrong with settings or routes is one sentence, and nothing starts. */
class BrokenHomesTest {
  @ParameterizedTest
  @CsvSource({
    "rollcall.acounts.main.provider, constantcontact, rollcall.acounts",
    "rollcall.accounts.main.provider, sendgrid, provider",
    "rollcall.accounts.main.api-url, not a url, api-url",
    "rollcall.accounts.main.poll-interval, soon, poll-interval",
    "rollcall.accounts.main.requests-per-second, 0, requests-per-second",
    "rollcall.accounts.main.opt-out-reserve, 99999999, opt-out-reserve",
    "rollcall.syncs.chamber.account, other, account",
    "rollcall.syncs.chamber.mode, sometimes, mode",
    "rollcall.syncs.chamber.max-removals, 101%, max-removals",
    "rollcall.syncs.chamber.time-zone, America/Nowhere, time-zone",
    "rollcall.syncs.chamber.schedule, every night, schedule",
    "rollcall.sources.chamber.url, postgres://x, url"
  })
  void a_broken_setting_is_named_in_one_sentence_and_nothing_starts(
      String key, String value, String named) {
    try (Scene scene = Scene.open().set(key, value)) {
      scene.provider().clearJournal();

      Commands.Result result = Commands.run(scene.home(), "sync", "chamber", "--json");

      assertThat(result.code()).as(result.err()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
      assertThat(result.err()).contains(named).contains("application.properties");
      assertThat(scene.provider().journal()).isEmpty();
      assertThat(scene.ask("SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM run)"))
          .isEqualTo("0");
    }
  }

  @Test
  void broken_routes_are_named_in_one_sentence_and_no_call_is_made() {
    Map<String, String> routes =
        Map.of(
            "- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - tu: y\n",
            "tu",
            "- route: [",
            "broken.camel.yaml");
    routes.forEach(
        (yaml, named) -> {
          try (Scene scene = Scene.open()) {
            scene.write("routes/broken.camel.yaml", yaml);
            Commands.Result result = Commands.run(scene.home(), "sync", "chamber");
            assertThat(result.code()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).contains(named);
            assertThat(result.err()).doesNotContain("\tat ");
            assertThat(scene.provider().journal()).isEmpty();
            Commands.Result check = Commands.run(scene.home(), "check");
            assertThat(check.code()).isEqualTo(2);
          }
        });
  }
}
