package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSettingsTest {
  @TempDir Path home;

  @Test
  void without_a_host_nothing_is_mailed() {
    assertThat(SettingsHome.of(home, "rollcall.mail.to=ann@example.org").read().mail()).isNull();
  }

  @Test
  void a_host_a_sender_and_somebody_to_read_are_enough() {
    assertThat(good().read().mail())
        .isEqualTo(
            new MailSettings(
                new MailServer(
                    "smtp.example.org",
                    587,
                    MailServer.Security.STARTTLS,
                    null,
                    null,
                    Duration.ofSeconds(20)),
                "hub@example.org",
                List.of("ann@example.org"),
                "0 0 7 * * ?",
                ZoneId.systemDefault(),
                Duration.ofDays(2),
                90,
                Duration.ofDays(2),
                null));
  }

  @Test
  void mail_takes_all_its_keys() {
    Settings settings =
        SettingsHome.of(
                home,
                "rollcall.mail.host=smtp.example.org",
                "rollcall.mail.security=tls",
                "rollcall.mail.username=hub",
                "rollcall.mail.password=a #b",
                "rollcall.mail.timeout=5s",
                "rollcall.mail.from=hub@example.org",
                "rollcall.mail.to=ann@example.org, bob@example.org , ann@example.org",
                "rollcall.mail.digest=never",
                "rollcall.mail.time-zone=America/Chicago",
                "rollcall.mail.stale-after=7d",
                "rollcall.mail.quota-alert=80",
                "rollcall.mail.give-up-after=1h",
                "rollcall.service.public-url=https://rollcall.example.org/")
            .read();

    assertThat(settings.mail())
        .isEqualTo(
            new MailSettings(
                new MailServer(
                    "smtp.example.org",
                    465,
                    MailServer.Security.TLS,
                    "hub",
                    new Secret("a #b"),
                    Duration.ofSeconds(5)),
                "hub@example.org",
                List.of("ann@example.org", "bob@example.org"),
                null,
                ZoneId.of("America/Chicago"),
                Duration.ofDays(7),
                80,
                Duration.ofHours(1),
                URI.create("https://rollcall.example.org")));
    assertThat(settings.mail().toString()).doesNotContain("a #b");
    assertThat(settings.placeholders()).doesNotContainKey("rollcall.mail.password");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          mail.to= | rollcall.mail.to: is missing, though rollcall.mail.host is set; write who gets the messages, or leave the host out
          mail.from= | rollcall.mail.from: is missing, though rollcall.mail.host is set; write the address that messages come from, or leave the host out
          mail.from=Rollcall <hub@example.org> | rollcall.mail.from: "Rollcall <hub@example.org>" is not an address; use an address alone, such as rollcall@example.org
          mail.to=ann@example.org, bob | rollcall.mail.to: "bob" is not an address; use an address alone, such as rollcall@example.org
          mail.host=smtp.example.org/x | rollcall.mail.host: "smtp.example.org/x" is not a host; use a name such as smtp.example.org; the port has a key of its own
          mail.port=0 | rollcall.mail.port: "0" is out of range; use a whole number from 1 to 65535
          mail.security=ssl | rollcall.mail.security: "ssl" is not a way to secure mail; use none, starttls or tls
          mail.username=hub | rollcall.mail.password: is missing, though there is a user name; add it, or leave rollcall.mail.username out
          mail.password=x | rollcall.mail.username: is missing, though there is a password; add it, or leave rollcall.mail.password out
          mail.digest=daily | rollcall.mail.digest: "daily" is not a Quartz cron expression; use six or seven fields from seconds on, such as 0 0 23 * * ?
          mail.stale-after=2 | rollcall.mail.stale-after: "2" is not a duration; use a number with its unit, such as 500ms, 2s, 5m, 2h or 1d
          mail.quota-alert=0 | rollcall.mail.quota-alert: "0" is out of range; use a whole number from 1 to 100
          service.public-url=rollcall.example.org | rollcall.service.public-url: "rollcall.example.org" is not an absolute http(s) URL; use an address such as https://rollcall.example.org
          """)
  void a_mistake_gets_one_sentence(String line, String sentence) {
    SettingsHome given = good();
    String key = line.substring(0, line.indexOf('='));
    given.set("rollcall." + key, line.substring(line.indexOf('=') + 1));

    assertThatThrownBy(given::read)
        .isInstanceOf(SettingsException.class)
        .hasMessageEndingWith(": " + sentence)
        .hasMessageNotContaining("\n");
  }

  @Test
  void a_password_is_not_sent_in_the_open() {
    SettingsHome given =
        good()
            .set("rollcall.mail.username", "hub")
            .set("rollcall.mail.password", "hush")
            .set("rollcall.mail.security", "none");

    assertThatThrownBy(given::read)
        .hasMessage(
            "from --set: rollcall.mail.security: \"none\" would send the password unencrypted;"
                + " use starttls or tls (none with a password only works to localhost)");
    given.set("rollcall.mail.host", "localhost");
    assertThat(given.read().mail()).isNotNull();
  }

  private SettingsHome good() {
    return SettingsHome.of(
        home,
        "rollcall.mail.host=smtp.example.org",
        "rollcall.mail.from=hub@example.org",
        "rollcall.mail.to=ann@example.org");
  }
}
