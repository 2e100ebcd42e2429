package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** Signs access tokens (RS256) and publishes the public half. */
final class JwtKey {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String KEY_ID = "sandbox-key-1";

  private final KeyPair pair;

  JwtKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make an RSA key", e);
    }
  }

  String sign(ObjectNode claims) {
    ObjectNode header = Json.object("kid", KEY_ID, "alg", "RS256");
    String content = URL.encodeToString(Json.bytes(header)) + "." + encode(Json.bytes(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an access token could not be signed", e);
    }
  }

  ObjectNode keySet() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    ObjectNode set = Json.object();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("alg", "RS256")
        .put("use", "sig")
        .put("kid", KEY_ID)
        .put("n", number(key.getModulus()))
        .put("e", number(key.getPublicExponent()));
    return set;
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    boolean signByte = bytes[0] == 0 && bytes.length > 1;
    return encode(signByte ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String encode(byte[] bytes) {
    return URL.encodeToString(bytes);
  }
}
