package org.rollcall.pace;

import java.net.URI;
import java.util.Objects;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.settings.AccountSettings;

/** Where a call goes: to the account's API and nowhere else, whatever a next link says. */
final class Address {
  private Address() {}

  static URI of(AccountSettings account, Call call) {
    URI api = account.apiUrl();
    try {
      URI uri = resolve(api, call.path());
      if (sameHost(api, uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Refused below: the parser's message would quote the path, and paths hold addresses.
    }
    throw new ProviderException(
        Verdict.REFUSED, 0, call.doing(), "the link does not lead to the provider's API");
  }

  private static URI resolve(URI api, String path) {
    String base = api.toString().replaceAll("/+$", "");
    String root = api.getRawPath().replaceAll("/+$", "");
    if (!path.startsWith("/")) {
      return URI.create(path);
    }
    if (path.startsWith("//")) {
      throw new IllegalArgumentException("names a host");
    }
    boolean fromRoot = !root.isEmpty() && (path + "/").startsWith(root + "/");
    return fromRoot ? api.resolve(path) : URI.create(base + path);
  }

  private static boolean sameHost(URI api, URI uri) {
    return Objects.equals(api.getScheme(), uri.getScheme())
        && Objects.equals(api.getRawAuthority(), uri.getRawAuthority())
        && uri.getRawUserInfo() == null
        && uri.getHost() != null;
  }
}
