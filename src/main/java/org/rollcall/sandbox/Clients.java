package org.rollcall.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The registered applications (API keys), and which rights their users lack. */
final class Clients {
  record Client(String id, String secret, List<String> redirectUris) {
    /** Without registered addresses any on the loopback will do. */
    boolean mayRedirectTo(String uri) {
      return redirectUris.isEmpty()
          ? uri.matches("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?(/.*)?")
          : redirectUris.contains(uri);
    }
  }

  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Set<String> deactivated = ConcurrentHashMap.newKeySet();
  private final Set<String> missingPrivileges = ConcurrentHashMap.newKeySet();

  void forgetDecisions() {
    deactivated.clear();
    missingPrivileges.clear();
  }

  void register(Client client) {
    clients.put(client.id(), client);
  }

  @Nullable Client find(@Nullable String id) {
    return id == null ? null : clients.get(id);
  }

  void deactivate(String id, boolean off) {
    if (off) {
      deactivated.add(id);
    } else {
      deactivated.remove(id);
    }
  }

  void withholdPrivileges(Set<String> privileges) {
    missingPrivileges.clear();
    missingPrivileges.addAll(privileges);
  }

  boolean has(String privilege) {
    return !missingPrivileges.contains(privilege);
  }

  /** One answer for three reasons, as with the provider: scope, right, deactivated application. */
  boolean allowed(Grant grant, String scope, String privilege) {
    return !deactivated.contains(grant.clientId)
        && (scope.isEmpty() || grant.scopes.contains(scope))
        && !missingPrivileges.contains(privilege);
  }
}
