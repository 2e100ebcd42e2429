package org.rollcall.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.Secret;
import org.rollcall.user.Role;
import org.rollcall.web.Visit;

/** Who may look with instruments. */
final class Access {
  private static final String BEARER = "Bearer ";

  private final @Nullable Secret token;

  Access(@Nullable Secret token) {
    this.token = token;
  }

  /** Metrics: this machine, whoever shows the token, and everybody who has signed in. */
  boolean toMetrics(Visit visit) {
    return visit.fromHere() || showsToken(visit) || visit.whoever().isPresent();
  }

  /** Jolokia: administrators, and on this machine whoever shows the token. */
  boolean toJolokia(Visit visit) {
    return visit.whoever().filter(who -> who.role().may(Role.ADMINISTRATOR)).isPresent()
        || visit.fromHere() && showsToken(visit);
  }

  private boolean showsToken(Visit visit) {
    String given = visit.header("Authorization").filter(all -> all.startsWith(BEARER)).orElse(null);
    return token != null
        && given != null
        && MessageDigest.isEqual(
            given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
            token.reveal().getBytes(StandardCharsets.UTF_8));
  }
}
