package org.rollcall.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A session's form token as pages carry it: under a mask that differs each time. Pages are
 * compressed, and a text that stayed the same could be guessed from their lengths (BREACH).
 */
final class FormToken {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private FormToken() {}

  static String masked(String token) {
    byte[] plain = token.getBytes(StandardCharsets.UTF_8);
    byte[] both = new byte[2 * plain.length];
    byte[] mask = new byte[plain.length];
    RANDOM.nextBytes(mask);
    for (int i = 0; i < plain.length; i++) {
      both[i] = mask[i];
      both[plain.length + i] = (byte) (plain[i] ^ mask[i]);
    }
    return TEXT.encodeToString(both);
  }

  /** Whether this is the token, under whatever mask. */
  static boolean fits(String masked, String token) {
    byte[] both;
    try {
      both = Base64.getUrlDecoder().decode(masked);
    } catch (IllegalArgumentException e) {
      return false;
    }
    byte[] plain = new byte[both.length / 2];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) (both[i] ^ both[plain.length + i]);
    }
    return plain.length > 0
        && both.length % 2 == 0
        && MessageDigest.isEqual(plain, token.getBytes(StandardCharsets.UTF_8));
  }
}
