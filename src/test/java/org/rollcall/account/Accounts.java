package org.rollcall.account;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.ReadingSettings;
import org.rollcall.settings.Secret;

/** Account settings for tests. */
public final class Accounts {
  private Accounts() {}

  public static AccountSettings at(
      String name, URI host, @Nullable String clientSecret, @Nullable String refreshToken) {
    return new AccountSettings(
        name,
        "constantcontact",
        host.resolve("/v3"),
        host.resolve("/oauth2"),
        "client-of-" + name,
        clientSecret == null ? null : new Secret(clientSecret),
        refreshToken == null ? null : new Secret(refreshToken),
        Duration.ofSeconds(2),
        Duration.ofMinutes(30),
        Duration.ofMinutes(5),
        100,
        10_000,
        500,
        new ReadingSettings(25, Duration.ofDays(3), Duration.ofDays(730)));
  }
}
