package org.rollcall.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a machine may do, without the token itself.
 *
 * @param usedAt to the minute; absent when it never was
 */
public record ApiToken(
    long id,
    String name,
    Role role,
    String madeBy,
    Instant madeAt,
    Instant expiresAt,
    @Nullable Instant usedAt,
    @Nullable Instant revokedAt) {

  /** How it stands at a time: {@code good}, {@code expired} or {@code revoked}. */
  public String state(Instant now) {
    if (revokedAt != null) {
      return "revoked";
    }
    return now.isBefore(expiresAt) ? "good" : "expired";
  }
}
