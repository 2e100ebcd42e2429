package org.rollcall.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.rollcall.settings.OidcSettings;

/** The provider as it describes itself, with its keys. Made anew when it has not answered well. */
final class Provider {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int LARGEST_ANSWER = 1 << 20;
  private static final int CLOCKS_DIFFER_SECONDS = 60;

  /** Signed with a key of the provider's own; {@code none} and shared secrets are no signature. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final ClientID client;
  private final OidcSettings settings;
  private final OIDCProviderMetadata metadata;
  private final IDTokenValidator validator;

  private Provider(OidcSettings settings, OIDCProviderMetadata metadata) throws IOException {
    this.settings = settings;
    this.metadata = metadata;
    this.client = new ClientID(settings.clientId());
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(
                encrypted(settings.issuer(), metadata.getJWKSetURI()).toURL(),
                new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, LARGEST_ANSWER))
            // tokens come from the provider itself, so that nobody else can have keys fetched
            .rateLimited(false)
            .build();
    this.validator =
        new IDTokenValidator(
            metadata.getIssuer(), client, new JWSVerificationKeySelector<>(ALGORITHMS, keys), null);
    validator.setMaxClockSkew(CLOCKS_DIFFER_SECONDS);
  }

  /** Asks the provider how it is to be talked to; it has to name itself as the settings do. */
  static Provider discover(OidcSettings settings) throws IOException, GeneralException {
    Provider provider =
        new Provider(
            settings,
            OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), Provider::carefully));
    encrypted(settings.issuer(), provider.metadata.getAuthorizationEndpointURI());
    encrypted(settings.issuer(), provider.metadata.getTokenEndpointURI());
    return provider;
  }

  private static void carefully(HTTPRequest request) {
    request.setConnectTimeout(PATIENCE_MILLIS);
    request.setReadTimeout(PATIENCE_MILLIS);
    request.setFollowRedirects(false);
  }

  /** Where the issuer speaks https, so does everything it names. */
  static URI encrypted(URI issuer, URI endpoint) throws IOException {
    if (!endpoint.getScheme().equals(issuer.getScheme()) && !endpoint.getScheme().equals("https")) {
      throw new IOException("the provider names an address without https");
    }
    return endpoint;
  }

  ClientID client() {
    return client;
  }

  OIDCProviderMetadata metadata() {
    return metadata;
  }

  /** A code for an ID token, which is not checked yet. */
  JWT redeem(AuthorizationCodeGrant grant) throws IOException, ParseException, RefusedException {
    HTTPRequest request = tokenRequest(grant).toHTTPRequest();
    carefully(request);
    TokenResponse response = OIDCTokenResponseParser.parse(request.send());
    if (response instanceof OIDCTokenResponse tokens) {
      return tokens.getOIDCTokens().getIDToken();
    }
    throw new RefusedException(
        String.valueOf(response.toErrorResponse().getErrorObject().getCode()));
  }

  private TokenRequest tokenRequest(AuthorizationCodeGrant grant) {
    URI endpoint = metadata.getTokenEndpointURI();
    return settings.clientSecret() == null
        ? new TokenRequest.Builder(endpoint, client, grant).build()
        : new TokenRequest.Builder(
                endpoint, authentication(settings.clientSecret().reveal()), grant)
            .build();
  }

  private ClientAuthentication authentication(String secret) {
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    return methods != null
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        ? new ClientSecretPost(client, new Secret(secret))
        : new ClientSecretBasic(client, new Secret(secret));
  }

  /** Signature, issuer, audience, times and nonce. */
  IDTokenClaimsSet checked(JWT token, Nonce nonce) throws BadJOSEException, JOSEException {
    return validator.validate(token, nonce);
  }
}
