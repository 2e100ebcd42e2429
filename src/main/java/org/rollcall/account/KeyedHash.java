package org.rollcall.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.rollcall.settings.Secret;

/**
 * HMAC-SHA-256 under a key derived from the hub's secret key: equal for equal texts, and without
 * the key neither to be turned back nor to be tried out.
 */
public final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte SEPARATOR = 0;

  private final Mac mac;

  /**
   * @param use what the hashes are for; other uses have other keys
   */
  public KeyedHash(Secret secretKey, String use) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Vault.derive(secretKey, use), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot compute an HMAC", e);
    }
  }

  /** 32 bytes; the parts hold no control characters. */
  public synchronized byte[] of(String... parts) {
    for (String part : parts) {
      mac.update(part.getBytes(StandardCharsets.UTF_8));
      mac.update(SEPARATOR);
    }
    return mac.doFinal();
  }
}
