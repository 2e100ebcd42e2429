package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a contact that was read, as JSON in the hub's words: the core ones always, of the
 * other parts what was asked for. Of several telephone numbers and addresses those of the kinds
 * count that an import writes. A custom field is {@code cf-id:ID} until its name is known.
 */
final class SeenFields {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of("first_name", "last_name", "company_name", "job_title", "anniversary");
  private static final List<String> ADDRESS =
      List.of("street", "city", "state", "postal_code", "country");
  private static final String ID = "cf-id:";

  private SeenFields() {}

  /** A birthday is {@code MM-DD}. */
  static String of(JsonNode contact) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    texts(contact, TEXTS, fields);
    if (contact.path("birthday_month").isInt() && contact.path("birthday_day").isInt()) {
      fields.put(
          "birthday",
          "%02d-%02d"
              .formatted(
                  contact.get("birthday_month").asInt(), contact.get("birthday_day").asInt()));
    }
    for (JsonNode phone : contact.path("phone_numbers")) {
      if (phone.path("kind").asText().equals("other")) {
        fields.put("phone", phone.path("phone_number").asText());
      }
    }
    for (JsonNode address : contact.path("street_addresses")) {
      if (address.path("kind").asText().equals("home")) {
        texts(address, ADDRESS, fields);
      }
    }
    for (JsonNode custom : contact.path("custom_fields")) {
      fields.put(ID + custom.path("custom_field_id").asText(), custom.path("value").asText());
    }
    return fields.toString();
  }

  private static void texts(JsonNode from, List<String> names, ObjectNode to) {
    for (String name : names) {
      if (from.hasNonNull(name)) {
        to.put(name, from.get(name).asText());
      }
    }
  }

  static boolean hasCustom(@Nullable String fields) {
    return fields != null && fields.contains("\"" + ID);
  }

  /**
   * The same with custom fields under the hub's names, {@code cf:NAME}; those that have none are
   * left out.
   *
   * @param names gives the names of a field's id
   */
  static String named(String fields, Function<String, List<String>> names) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    try {
      JSON.readTree(fields)
          .properties()
          .forEach(
              field -> {
                if (field.getKey().startsWith(ID)) {
                  names
                      .apply(field.getKey().substring(ID.length()))
                      .forEach(name -> named.set("cf:" + name, field.getValue()));
                } else {
                  named.set(field.getKey(), field.getValue());
                }
              });
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("fields that were written here are not JSON", e);
    }
    return named.toString();
  }
}
