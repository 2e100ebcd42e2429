package org.rollcall.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the running service answers health and console requests.
 *
 * @param port 0 lets the system choose a free one
 * @param publicUrl how browsers reach it, such as behind a proxy that speaks https
 * @param idle after so long without a request people have to sign in again
 * @param longestSession and after so long in any case
 * @param oidc who vouches for people besides; absent for nobody
 * @param localSignIn whether passwords of our own open the console
 */
public record ServiceSettings(
    String host,
    int port,
    LogFormat logFormat,
    @Nullable URI publicUrl,
    Duration idle,
    Duration longestSession,
    @Nullable OidcSettings oidc,
    boolean localSignIn) {
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

  /**
   * Where browsers find the service. A service that listens at every address of its machine is at
   * none of that name.
   *
   * @param bound the port on which it listens
   */
  public String address(int bound) {
    if (publicUrl != null) {
      return publicUrl.toString();
    }
    String name = ANY.contains(host) ? "localhost" : host;
    return "http://"
        + (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name)
        + ":"
        + bound;
  }
}
