package org.rollcall.sandbox;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A person's consent: one account for one client, with its only living refresh token. */
final class Grant {
  private final Account account;
  final String clientId;
  final Set<String> scopes;

  /** Whether the client has to name its secret to use it. */
  final boolean confidential;

  volatile @Nullable String refreshToken;
  volatile Instant lastUse;

  Grant(Account account, String clientId, Set<String> scopes, boolean confidential, Instant now) {
    this.account = account;
    this.clientId = clientId;
    this.scopes = scopes;
    this.confidential = confidential;
    this.lastUse = now;
  }

  Account account() {
    return account;
  }
}
