package org.rollcall.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Authorization codes and device codes on their way to become grants. */
final class Consents {
  static final Duration CODE_LIFE = Duration.ofMinutes(5);
  static final Duration DEVICE_LIFE = Duration.ofMinutes(10);

  /** Seconds between two questions of a device. */
  static final int INTERVAL = 5;

  private static final Set<String> SCOPES =
      Set.of(
          "contact_data",
          "campaign_data",
          "account_read",
          "account_update",
          "offline_access",
          "billing_data",
          "openid",
          "profile",
          "email");
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  record Code(
      String clientId,
      String redirectUri,
      Set<String> scopes,
      @Nullable String challenge,
      Account account,
      Instant expires) {}

  static final class Device {
    final String deviceCode;
    final String userCode;
    final String clientId;
    final Set<String> scopes;
    final Instant expires;
    @Nullable Account account;
    boolean denied;

    Device(String deviceCode, String userCode, String clientId, Set<String> scopes, Instant end) {
      this.deviceCode = deviceCode;
      this.userCode = userCode;
      this.clientId = clientId;
      this.scopes = scopes;
      this.expires = end;
    }
  }

  record Poll(@Nullable Device approved, String error) {}

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Device> devices = new HashMap<>();

  Consents(Clock clock) {
    this.clock = clock;
  }

  synchronized void clear() {
    codes.clear();
    devices.clear();
  }

  /** The known scopes in the order asked for; empty when one is unknown. */
  static Set<String> scopes(@Nullable String asked) {
    Set<String> scopes = new LinkedHashSet<>();
    if (asked != null) {
      for (String scope : asked.strip().split("[ +]+")) {
        scopes.add(scope);
      }
    }
    return SCOPES.containsAll(scopes) ? scopes : Set.of();
  }

  synchronized String code(Map<String, String> asked, Account account) {
    String code = token();
    codes.put(
        code,
        new Code(
            asked.getOrDefault("client_id", ""),
            asked.getOrDefault("redirect_uri", ""),
            scopes(asked.get("scope")),
            asked.get("code_challenge"),
            account,
            clock.instant().plus(CODE_LIFE)));
    return code;
  }

  /** Single use, even when the rest of the call is wrong. */
  synchronized @Nullable Code redeem(String code) {
    Code known = codes.remove(code);
    return known == null || !clock.instant().isBefore(known.expires()) ? null : known;
  }

  synchronized Device device(Map<String, String> asked) {
    Device device =
        new Device(
            token(),
            userCode(),
            asked.getOrDefault("client_id", ""),
            scopes(asked.get("scope")),
            clock.instant().plus(DEVICE_LIFE));
    devices.put(device.deviceCode, device);
    return device;
  }

  synchronized boolean decide(String userCode, Account account, boolean approved) {
    String wanted = userCode.strip().toUpperCase(Locale.ROOT);
    for (Device device : devices.values()) {
      if (device.userCode.equals(wanted) && clock.instant().isBefore(device.expires)) {
        device.account = approved ? account : null;
        device.denied = !approved;
        return true;
      }
    }
    return false;
  }

  synchronized Poll poll(String deviceCode, String clientId) {
    Device device = devices.get(deviceCode);
    if (device == null || !device.clientId.equals(clientId)) {
      return new Poll(null, "invalid_grant");
    }
    if (!clock.instant().isBefore(device.expires)) {
      return new Poll(null, "expired_token");
    }
    if (device.denied) {
      return new Poll(null, "access_denied");
    }
    if (device.account == null) {
      return new Poll(null, "authorization_pending");
    }
    devices.remove(deviceCode);
    return new Poll(device, "");
  }

  private String token() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String userCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }
}
