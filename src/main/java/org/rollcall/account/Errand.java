package org.rollcall.account;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rollcall.settings.AccountSettings;

/**
 * An authorization code flow with PKCE (RFC 7636) under way: somebody is at the provider, and comes
 * back to the redirect address with the state and a code.
 *
 * @param state nobody can guess it; it tells an answer that was asked for from others
 * @param verifier proves to the provider that who redeems the code is who asked for it
 * @param redirect registered at the provider exactly so
 */
record Errand(String state, String verifier, String redirect) {
  private static final String SCOPES = String.join(" ", Connect.SCOPES);
  private static final SecureRandom RANDOM = new SecureRandom();

  static Errand to(String redirect) {
    return new Errand(random(), random(), redirect);
  }

  /** Where the person has to go. */
  URI address(AccountSettings account) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", account.clientId());
    query.put("redirect_uri", redirect);
    query.put("scope", SCOPES);
    query.put("state", state);
    query.put("code_challenge", base64(sha256(verifier)));
    query.put("code_challenge_method", "S256");
    String base = account.authUrl().toString().replaceAll("/+$", "");
    return URI.create(base + "/authorize?" + TokenEndpoint.encode(query));
  }

  /** What the provider wants to hear for the code. */
  Map<String, String> redeem(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("code_verifier", verifier);
    return form;
  }

  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
