package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Consents given, with their access tokens and their one living refresh token each. */
final class Grants {
  private static final int REMEMBERED = 10_000;

  /** An access token stays valid until its own end, whatever happens to its grant's refreshes. */
  private record Access(Grant grant, Instant expires) {}

  private final Clock clock;
  private final Supplier<SandboxOptions.Tokens> options;

  /** One for all stand-ins of a process: making it takes longer than a test. */
  private static final JwtKey KEY = new JwtKey();

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Access> access = new ConcurrentHashMap<>();
  private final Map<String, Grant> byRefreshToken = new ConcurrentHashMap<>();

  Grants(Clock clock, Supplier<SandboxOptions.Tokens> options) {
    this.clock = clock;
    this.options = options;
  }

  ObjectNode keySet() {
    return KEY.keySet();
  }

  Grant grant(Account account, String clientId, Set<String> scopes, boolean confidential) {
    Grant grant = new Grant(account, clientId, scopes, confidential, clock.instant());
    if (scopes.contains("offline_access")) {
      renew(grant);
    }
    return grant;
  }

  /** The grant behind a bearer header, unless the token is missing, unknown or expired. */
  @Nullable Grant authorised(@Nullable String header, Instant now) {
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    Access known = access.get(header.substring(7).strip());
    return known == null || !now.isBefore(known.expires()) ? null : known.grant();
  }

  /** The grant a refresh token still stands for. */
  synchronized @Nullable Grant refreshable(String token) {
    Grant grant = byRefreshToken.get(token);
    if (grant == null || !token.equals(grant.refreshToken)) {
      return null;
    }
    Instant end = grant.lastUse.plus(options.get().idleLife());
    return clock.instant().isBefore(end) ? grant : null;
  }

  /** A new pair, or in long-lived mode the same refresh token again; absent when just used up. */
  synchronized @Nullable ObjectNode refresh(Grant grant, String token) {
    if (!token.equals(grant.refreshToken)) {
      return null;
    }
    grant.lastUse = clock.instant();
    if (options.get().rotating()) {
      renew(grant);
    }
    ObjectNode answer = issue(grant);
    if (options.get().expiresInAsText()) {
      answer.put("expires_in", answer.get("expires_in").asText());
    }
    return answer;
  }

  ObjectNode issue(Grant grant) {
    long life = options.get().accessTokenLife().toSeconds();
    Instant now = clock.instant();
    String token = KEY.sign(claims(grant, now.getEpochSecond(), life));
    access.put(token, new Access(grant, now.plusSeconds(life)));
    if (access.size() > REMEMBERED) {
      access.values().removeIf(each -> !now.isBefore(each.expires()));
    }
    ObjectNode answer = Json.object("token_type", "Bearer", "access_token", token);
    answer.put("expires_in", life);
    answer.put("scope", String.join(" ", grant.scopes));
    if (grant.refreshToken != null) {
      answer.put("refresh_token", grant.refreshToken);
    }
    return answer;
  }

  /** All access tokens die, refresh tokens live: a way to provoke 401 in the middle. */
  void expireAccessTokens() {
    access.clear();
  }

  /** As if the owner had removed the application. */
  synchronized void revokeAll() {
    access.clear();
    byRefreshToken.values().forEach(grant -> grant.refreshToken = null);
  }

  /** The tokens that work now, by account: only to compare what a client has stored. */
  synchronized Map<String, String> livingRefreshTokens() {
    Map<String, String> living = new LinkedHashMap<>();
    byRefreshToken.forEach(
        (token, grant) -> {
          if (token.equals(grant.refreshToken)) {
            living.put(token, grant.account().name());
          }
        });
    return living;
  }

  private synchronized void renew(Grant grant) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    grant.refreshToken = token;
    byRefreshToken.put(token, grant);
  }

  private ObjectNode claims(Grant grant, long now, long life) {
    ObjectNode claims = Json.object();
    claims.put("ver", 1).put("jti", "AT." + UUID.randomUUID());
    claims.put("iss", "https://identity.constantcontact.com/oauth2/aus1lm3ry9mF7x2Ja0h8");
    claims.put("aud", "https://api.cc.email/v3").put("iat", now).put("exp", now + life);
    claims.put("cid", grant.clientId).put("uid", "00u" + grant.account().encodedId());
    ArrayNode scopes = claims.putArray("scp");
    grant.scopes.forEach(scopes::add);
    claims.put("auth_time", now).put("sub", grant.account().name());
    claims.put(
        "platform_user_id", UUID.nameUUIDFromBytes(Json.bytes(grant.account().name())).toString());
    return claims;
  }
}
