package org.rollcall.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes messages.
 *
 * @param username null when the server asks for none
 * @param patience for each answer of the server; a whole message may take four times as long
 */
public record MailServer(
    String host,
    int port,
    Security security,
    @Nullable String username,
    @Nullable Secret password,
    Duration patience) {

  /** How the connection is kept from being read on its way. */
  public enum Security {
    NONE(25),
    STARTTLS(587),
    TLS(465);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    int usualPort() {
      return port;
    }
  }
}
