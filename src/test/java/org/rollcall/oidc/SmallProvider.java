package org.rollcall.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An OpenID provider over HTTP on this machine, for one client. It can be made to lie. */
public final class SmallProvider implements AutoCloseable {
  public static final String CLIENT = "rollcall";
  public static final String SECRET = "s3cret of the client";

  private final HttpServer server;
  private final Map<String, Map<String, List<String>>> codes = new ConcurrentHashMap<>();
  private RSAKey key = key();

  /** Who signs in at the provider next, and how it lies. */
  public String subject = "1234";

  public String name = "ann";
  public Object roles = List.of("admins");
  public UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  public String signature = "RS256";
  public boolean namesItself = true;

  /** Takes requests for tokens and does not answer them. */
  public volatile boolean hangs;

  public SmallProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext("/keys", this::keys);
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on another key signs, and only that one is shown. */
  public void rotate() {
    key = key();
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void discovery(HttpExchange exchange) throws IOException {
    json(
        exchange,
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
         "response_types_supported": ["code"], "subject_types_supported": ["public"],
         "id_token_signing_alg_values_supported": ["RS256"],
         "authorization_response_iss_parameter_supported": %2$s}
        """
            .formatted(issuer(), namesItself));
  }

  private void keys(HttpExchange exchange) throws IOException {
    json(exchange, new JWKSet(key).toString());
  }

  /** Whoever comes is signed in at once, and sent back with a code. */
  private void authorize(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", backFrom(exchange.getRequestURI()).toString());
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  /** Where a browser that came to this address is sent back to. */
  public URI backFrom(URI arrival) {
    Map<String, List<String>> query = URLUtils.parseParameters(arrival.getRawQuery());
    String code = UUID.randomUUID().toString();
    codes.put(code, query);
    return URI.create(
        one(query, "redirect_uri")
            + "?code="
            + code
            + "&state="
            + one(query, "state")
            + (namesItself ? "&iss=" + issuer() : ""));
  }

  private void token(HttpExchange exchange) throws IOException {
    if (hangs) {
      return;
    }
    Map<String, List<String>> form =
        URLUtils.parseParameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Map<String, List<String>> asked = codes.remove(one(form, "code"));
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET.replace(" ", "+")).getBytes(UTF_8));
    boolean right =
        asked != null
            && expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && one(asked, "redirect_uri").equals(one(form, "redirect_uri"))
            && one(asked, "code_challenge_method").equals("S256")
            && CodeChallenge.compute(
                    CodeChallengeMethod.S256, new CodeVerifier(one(form, "code_verifier")))
                .getValue()
                .equals(one(asked, "code_challenge"));
    if (!right) {
      byte[] body = "{\"error\": \"invalid_grant\"}".getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(400, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
      return;
    }
    json(
        exchange,
        "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
            .formatted(idToken(one(asked, "nonce"))));
  }

  private String idToken(String nonce) {
    Instant now = Instant.now();
    JWTClaimsSet set =
        claims
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .audience(CLIENT)
                    .subject(subject)
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(300)))
                    .claim("nonce", nonce)
                    .claim("preferred_username", name)
                    .claim("realm_access", Map.of("roles", roles)))
            .build();
    try {
      return signed(set);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signed(JWTClaimsSet set) throws JOSEException {
    if (signature.equals("none")) {
      return new PlainJWT(set).serialize();
    }
    if (signature.equals("HS256")) {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set);
      token.sign(new MACSigner((SECRET + SECRET + SECRET).getBytes(UTF_8)));
      return token.serialize();
    }
    RSAKey by = signature.equals("another key") ? key() : key;
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  private static String one(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).stream().collect(Collectors.joining(","));
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
