package org.rollcall.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands, without its tokens.
 *
 * @param connected false when a person has to connect it again
 * @param expiresAt of the access token, which renews itself
 * @param connectedAs the organization's name at the provider, when known
 * @param scopes what was granted, separated by blanks, when the provider told
 * @param lastError why the tokens could not be renewed last time, absent when they could
 */
public record AccountState(
    String account,
    boolean connected,
    Instant expiresAt,
    @Nullable String connectedAs,
    Instant updatedAt,
    @Nullable String scopes,
    @Nullable String lastError,
    @Nullable Instant lastErrorAt) {
  /** What Rollcall needs and was not granted; empty also when the provider did not tell. */
  public List<String> missingScopes() {
    if (scopes == null) {
      return List.of();
    }
    List<String> granted = List.of(scopes.split(" "));
    return Connect.SCOPES.stream().filter(scope -> !granted.contains(scope)).toList();
  }
}
