package org.rollcall.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Http;
import org.rollcall.pace.NoAnswer;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Secret;

/** An account's OAuth server: one form in, one reply out. */
final class TokenEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** What RFC 6749 leaves to the server; short enough to be right for any. */
  private static final Duration LIFETIME_UNSAID = Duration.ofMinutes(30);

  /** The longest lifetime believed, against overflow and jokes. */
  private static final long LONGEST_LIFETIME = Duration.ofDays(365).toSeconds();

  private final Http http;

  TokenEndpoint(Http http) {
    this.http = http;
  }

  sealed interface Reply {
    /**
     * @param refresh absent when the old refresh token stays valid
     * @param scopes what was granted, separated by blanks; absent when the server did not tell
     */
    record Granted(
        Secret access, @Nullable Secret refresh, Duration lifetime, @Nullable String scopes)
        implements Reply {}

    /**
     * @param error the server's code, such as {@code invalid_grant}
     */
    record Refused(String error, int status) implements Reply {}

    /** No reply that means anything: the request may or may not have been heard. */
    record Unclear(String why) implements Reply {}
  }

  /** Asks {@code /token} for a grant. */
  Reply token(AccountSettings account, Map<String, String> form) {
    Map<String, String> headers = new HashMap<>();
    Map<String, String> fields = new LinkedHashMap<>(form);
    Secret secret = account.clientSecret();
    if (secret == null) {
      fields.put("client_id", account.clientId());
    } else {
      headers.put("Authorization", basic(account.clientId(), secret));
    }
    try {
      return read(post(account, "/token", headers, fields));
    } catch (NoAnswer e) {
      return new Reply.Unclear(String.valueOf(e.getMessage()));
    }
  }

  /** Asks {@code /device/authorize} for a user code. */
  Answer device(AccountSettings account, Map<String, String> form) throws NoAnswer {
    return post(account, "/device/authorize", Map.of(), form);
  }

  /** A missing node when it is not JSON. */
  static JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    } catch (IOException e) {
      throw new AssertionError("an array in memory does not fail", e);
    }
  }

  private Answer post(
      AccountSettings account, String path, Map<String, String> headers, Map<String, String> form)
      throws NoAnswer {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Accept", "application/json");
    all.put("Content-Type", "application/x-www-form-urlencoded");
    URI uri = URI.create(account.authUrl().toString().replaceAll("/+$", "") + path);
    byte[] body = encode(form).getBytes(StandardCharsets.US_ASCII);
    return http.send("POST", uri, all, body, DEADLINE);
  }

  private static Reply read(Answer answer) {
    JsonNode json = json(answer);
    if (answer.status() == 200 && json.path("access_token").isTextual()) {
      return new Reply.Granted(
          new Secret(json.path("access_token").textValue()),
          json.path("refresh_token").isTextual()
              ? new Secret(json.path("refresh_token").textValue())
              : null,
          lifetime(json.path("expires_in")),
          scopes(json.path("scope").asText("")));
    }
    boolean refusal = answer.status() >= 400 && answer.status() < 500 && answer.status() != 429;
    if (refusal && json.isObject()) {
      String error = json.path("error").asText(json.path("errorCode").asText("unknown"));
      return new Reply.Refused(printable(error), answer.status());
    }
    return new Reply.Unclear("status " + answer.status());
  }

  private static @Nullable String scopes(String told) {
    return told.matches("[A-Za-z0-9_:.+ -]{1,500}") ? told : null;
  }

  /** Constant Contact gives a number here and the same as a text there. */
  private static Duration lifetime(JsonNode expiresIn) {
    long seconds = expiresIn.asLong(LIFETIME_UNSAID.toSeconds());
    return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFETIME)));
  }

  /** Codes are words; whatever else comes is not repeated into messages. */
  private static String printable(String error) {
    return error.matches("[A-Za-z0-9_.-]{1,40}") ? error : "unknown";
  }

  private static String basic(String clientId, Secret secret) {
    byte[] pair = (clientId + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
