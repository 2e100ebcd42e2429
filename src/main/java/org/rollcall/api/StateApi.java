package org.rollcall.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.AccountState;
import org.rollcall.hub.Hub;
import org.rollcall.settings.AccountSettings;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;

/** Accounts, health, and the contract itself. */
final class StateApi {
  private static final String YAML = "application/yaml";

  private final Hub hub;
  private final Supplier<Map<String, Object>> health;

  /**
   * @param health what {@code /health} answers
   */
  StateApi(Hub hub, Supplier<Map<String, Object>> health) {
    this.hub = hub;
    this.health = health;
  }

  void mount(Site site, Doors doors) {
    Reply contract = new Reply.Data(200, YAML, contract());
    site.ask(Doors.ROOT + "/openapi.yaml", null, visit -> contract, YAML);
    doors.ask("/accounts", Role.VIEWER, Set.of(), request -> accounts());
    doors.ask("/health", Role.VIEWER, Set.of(), request -> health());
  }

  private static byte[] contract() {
    try (InputStream in = StateApi.class.getResourceAsStream("/api/openapi.yaml")) {
      return Objects.requireNonNull(in, "the contract is missing").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply health() {
    Map<String, Object> all = health.get();
    return Answers.json("up".equals(all.get("status")) ? 200 : 503, all);
  }

  private Reply accounts() {
    return Answers.json(
        Map.of(
            "accounts", hub.settings().accounts().values().stream().map(this::account).toList()));
  }

  private Map<String, @Nullable Object> account(AccountSettings account) {
    @Nullable AccountState state = hub.tokens().state(account).orElse(null);
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("account", account.name());
    shown.put("provider", account.provider());
    shown.put("connected", state != null && state.connected());
    shown.put("connectedAs", state == null ? null : state.connectedAs());
    shown.put("expiresAt", state == null ? null : state.expiresAt());
    shown.put("usedToday", hub.budget().usedToday(account.clientId()));
    shown.put("requestsPerDay", account.requestsPerDay());
    shown.put("requestsPerSecond", account.requestsPerSecond());
    shown.put("optOutReserve", account.optOutReserve());
    return shown;
  }
}
