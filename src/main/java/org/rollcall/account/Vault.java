package org.rollcall.account;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.subtle.PrfHmacJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.rollcall.settings.Secret;

/**
 * Encrypts what must not be readable in the database, with keys derived from the hub's secret key.
 */
public final class Vault {
  private final Aead tokens;
  private final byte[] digestKey;

  public Vault(Secret secretKey) {
    try {
      tokens = new AesGcmJce(derive(secretKey, "tokens"));
      digestKey = derive(secretKey, "digests");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-GCM", e);
    }
  }

  /**
   * @param place where the text will be stored; it opens nowhere else, so that rows cannot be
   *     swapped
   */
  public byte[] seal(String text, String place) {
    try {
      return tokens.encrypt(utf8(text), utf8(place));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encrypting failed", e);
    }
  }

  /** Empty when it was sealed with another key, for another place, or was tampered with. */
  public Optional<String> open(byte[] sealed, String place) {
    try {
      return Optional.of(new String(tokens.decrypt(sealed, utf8(place)), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The same for the same text, and of no use to anybody without the key. */
  String digest(String text) {
    try {
      PrfHmacJce hmac = new PrfHmacJce("HMACSHA256", new SecretKeySpec(digestKey, "HMAC"));
      return HexFormat.of().formatHex(hmac.compute(utf8(text), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot compute an HMAC", e);
    }
  }

  static byte[] derive(Secret secretKey, String use) throws GeneralSecurityException {
    byte[] noSalt = new byte[0];
    byte[] info = utf8("rollcall " + use);
    return Hkdf.computeHkdf("HMACSHA256", utf8(secretKey.reveal()), noSalt, info, 32);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
