package org.rollcall.settings;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider that vouches for people.
 *
 * @param issuer as it names itself, to the letter
 * @param clientSecret absent for a public client
 * @param nameClaim of the ID token, with what the person is called
 * @param rolesClaim of the ID token; dots lead into objects
 * @param administrators which values there make an administrator, and so on
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    @Nullable Secret clientSecret,
    List<String> scopes,
    String nameClaim,
    String rolesClaim,
    List<String> administrators,
    List<String> operators,
    List<String> viewers) {}
