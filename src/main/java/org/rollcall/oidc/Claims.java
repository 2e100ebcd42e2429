package org.rollcall.oidc;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.OidcSettings;
import org.rollcall.user.Role;
import org.rollcall.user.Users;

/** What an ID token says of a person, in our words. Anything may stand in it. */
final class Claims {
  private static final int LONGEST_NAME = 56;

  private Claims() {}

  /** The highest role of those the settings map; empty when there is none. */
  static Optional<Role> role(OidcSettings settings, IDTokenClaimsSet claims) {
    Set<String> held = words(at(claims.toJSONObject(), settings.rolesClaim()));
    if (meets(held, settings.administrators())) {
      return Optional.of(Role.ADMINISTRATOR);
    }
    if (meets(held, settings.operators())) {
      return Optional.of(Role.OPERATOR);
    }
    return meets(held, settings.viewers()) ? Optional.of(Role.VIEWER) : Optional.empty();
  }

  /** A name of the shape that users have, whatever the claim holds. */
  static String name(OidcSettings settings, IDTokenClaimsSet claims) {
    Object given = at(claims.toJSONObject(), settings.nameClaim());
    String name =
        String.valueOf(given)
            .replaceAll("[^\\p{L}\\p{N} .@_'-]", "")
            .replaceFirst("^[^\\p{L}\\p{N}]+", "")
            .strip();
    int length =
        name.offsetByCodePoints(0, Math.min(LONGEST_NAME, name.codePointCount(0, name.length())));
    String kept = name.substring(0, length).strip();
    return given == null || Users.flaw(kept).isPresent() ? "somebody" : kept;
  }

  private static @Nullable Object at(Map<String, Object> claims, String path) {
    Object found = claims.get(path);
    if (found != null || !path.contains(".")) {
      return found;
    }
    Object inner = claims.get(path.substring(0, path.indexOf('.')));
    return inner instanceof Map<?, ?> map
        ? within(map, path.substring(path.indexOf('.') + 1))
        : null;
  }

  @SuppressWarnings("unchecked") // keys of JSON objects are texts
  private static @Nullable Object within(Map<?, ?> map, String path) {
    return at((Map<String, Object>) map, path);
  }

  private static Set<String> words(@Nullable Object claim) {
    Set<String> words = new TreeSet<>();
    if (claim instanceof Collection<?> many) {
      many.forEach(word -> words.add(String.valueOf(word)));
    } else if (claim != null) {
      words.add(String.valueOf(claim));
    }
    return words;
  }

  private static boolean meets(Set<String> held, List<String> wanted) {
    return wanted.stream().anyMatch(held::contains);
  }
}
