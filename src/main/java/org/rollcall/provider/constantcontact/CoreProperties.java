package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The properties of a contact that {@code PUT /contacts/ID} blanks when they are not named, beside
 * the address and the permission. The permission is never named: whoever opts out between reading
 * and writing stays so.
 */
final class CoreProperties {
  private static final List<String> NAMES =
      List.of(
          "first_name",
          "last_name",
          "job_title",
          "company_name",
          "birthday_month",
          "birthday_day",
          "anniversary");

  private CoreProperties() {}

  /**
   * Puts what the contact has into the body of its update, except where the body says otherwise.
   */
  static void repeat(JsonNode contact, ObjectNode body) {
    for (String name : NAMES) {
      if (contact.hasNonNull(name) && !body.has(name)) {
        body.set(name, contact.get(name));
      }
    }
    if (body.hasNonNull("first_name")) {
      // A first name with a period is refused, even one that the service gave out itself.
      body.put("first_name", body.get("first_name").asText().replace(".", ""));
    }
    body.put("update_source", "Account");
  }
}
