package org.rollcall.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.TestDatabase;
import org.rollcall.pace.Backoff;
import org.rollcall.pace.Budget;
import org.rollcall.pace.Call;
import org.rollcall.pace.Calls;
import org.rollcall.pace.Http;
import org.rollcall.pace.Limits;
import org.rollcall.pace.Sleeper;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Secret;

@Timeout(60)
class SecretsInLogsTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void no_secret_and_no_address_reaches_a_log_even_at_the_finest_level() throws Exception {
    Level before = LogManager.getRootLogger().getLevel();
    Logger root = (Logger) LogManager.getRootLogger();
    Recorder recorder = new Recorder();
    recorder.start();
    root.getContext().getConfiguration().getRootLogger().addAppender(recorder, Level.TRACE, null);
    Configurator.setRootLevel(Level.TRACE);
    root.getContext().getConfiguration().getAppenders().values().stream()
        .filter(appender -> appender != recorder)
        .forEach(
            appender ->
                root.getContext()
                    .getConfiguration()
                    .getRootLogger()
                    .removeAppender(appender.getName()));
    try {
      callWithCanaries();
    } finally {
      Configurator.setRootLevel(before);
      Configurator.reconfigure();
    }

    assertThat(lines).anyMatch(line -> line.contains("hikari"));
    assertThat(lines).noneMatch(line -> line.contains("canary"));
  }

  private static void callWithCanaries() throws Exception {
    try (TokenServer server = new TokenServer();
        Http http = new Http(Limits.DEFAULT)) {
      server.planned.add(
          new TokenServer.Reply(
              200,
              "{\"access_token\":\"canary-access\",\"refresh_token\":\"canary-refresh\","
                  + "\"expires_in\":3600}"));
      server.planned.add(new TokenServer.Reply(200, "{\"contacts\":[\"canary-contact\"]}"));
      AccountSettings account = Accounts.at("logs", server.uri(), "canary-secret", "canary-seed");
      Vault vault = new Vault(new Secret("canary-key"));
      var hub = TestDatabase.fresh();
      Tokens tokens = new Tokens(hub, http, vault, Clock.systemUTC(), Backoff.OFF);
      Budget budget = new Budget(hub, Clock.systemUTC(), Sleeper.REAL, Backoff.OFF);

      new Calls(http, budget, tokens)
          .execute(account, Call.get("looking a contact up", "/contacts?email=canary%40x.org"));

      assertThat(server.requests.get(1).authorization()).isEqualTo("Bearer canary-access");
    }
  }

  private final class Recorder extends AbstractAppender {
    Recorder() {
      super("recorder", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(
          event.getLoggerName()
              + " "
              + event.getThreadName()
              + " "
              + event.getMessage().getFormattedMessage()
              + " "
              + event.getThrown());
    }
  }
}
