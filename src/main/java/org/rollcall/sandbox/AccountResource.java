package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /account}: who is connected. */
final class AccountResource {
  private static final List<String> PRIVILEGES =
      List.of(
          "contacts:read",
          "contacts:write",
          "contacts:lists:read",
          "contacts:lists:write",
          "campaign:read",
          "ui:campaign:metrics",
          "account:read");

  private final Clients clients;

  AccountResource(Clients clients) {
    this.clients = clients;
  }

  void register(Router router) {
    router
        .add("GET", "/account/summary", "account_read", "account:read", this::summary)
        .add("GET", "/account/emails", "account_read", "account:read", this::emails)
        .add("GET", "/account/user/privileges", "account_read", "", this::privileges);
  }

  private Answer summary(Call call) {
    Account account = call.account();
    ObjectNode json = Json.object("contact_email", "owner@example.org", "country_code", "us");
    json.put("encoded_account_id", account.encodedId());
    json.put("first_name", "Sandbox").put("last_name", "Owner");
    json.put("organization_name", "Sandbox account " + account.name());
    json.put("state_code", "IL").put("time_zone_id", "US/Central");
    return Answer.json(200, json);
  }

  private Answer emails(Call call) {
    ArrayNode emails = Json.MAPPER.createArrayNode();
    ObjectNode email = emails.addObject().put("email_id", 1);
    email.put("email_address", "owner@example.org").put("confirm_status", "CONFIRMED");
    email.put("confirm_time", "2026-02-05T07:32:49.766+0000").put("confirm_source_type", "SITE");
    email.putArray("roles").add("CONTACT").add("DEFAULT_FROM");
    email.putArray("pending_roles");
    return Answer.json(200, emails);
  }

  private Answer privileges(Call call) {
    ArrayNode held = Json.MAPPER.createArrayNode();
    for (int i = 0; i < PRIVILEGES.size(); i++) {
      if (clients.has(PRIVILEGES.get(i))) {
        held.addObject().put("privilege_id", 100 + i).put("privilege_name", PRIVILEGES.get(i));
      }
    }
    return Answer.json(200, held);
  }
}
