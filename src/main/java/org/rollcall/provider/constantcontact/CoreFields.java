package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The fields that every answer about a contact holds, without asking for parts. */
final class CoreFields {
  private static final List<String> TEXTS =
      List.of("first_name", "last_name", "company_name", "job_title");

  private CoreFields() {}

  /** As JSON in the hub's words; a birthday is {@code MM-DD}. */
  static String of(JsonNode contact) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String name : TEXTS) {
      if (contact.hasNonNull(name)) {
        fields.put(name, contact.get(name).asText());
      }
    }
    if (contact.path("birthday_month").isInt() && contact.path("birthday_day").isInt()) {
      fields.put(
          "birthday",
          "%02d-%02d"
              .formatted(
                  contact.get("birthday_month").asInt(), contact.get("birthday_day").asInt()));
    }
    return fields.toString();
  }
}
