package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hub's fields as a contact resource has them, which is another vocabulary than that of an
 * import: telephone numbers, addresses and custom fields are lists of their own.
 */
final class ContactFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ContactFields() {}

  /** The properties of {@code POST /contacts} for these fields; none for null. */
  static ObjectNode of(@Nullable String fields, CustomFieldNames customFields) {
    ObjectNode contact = JSON.createObjectNode();
    ObjectNode street = JSON.createObjectNode();
    ArrayNode custom = JSON.createArrayNode();
    for (Map.Entry<String, JsonNode> field : parsed(fields).properties()) {
      String value = field.getValue().asText();
      String name = field.getKey();
      switch (name) {
        case "first_name" -> contact.put(name, ImportRows.fitting(name, value.replace(".", "")));
        case "last_name", "job_title", "company_name" ->
            contact.put(name, ImportRows.fitting(name, value));
        case "anniversary" -> contact.put(name, value);
        case "birthday" -> birthday(contact, value);
        case "phone" -> phone(contact, ImportRows.fitting(name, value));
        case "street", "city", "state", "postal_code", "country" ->
            street.put(name, ImportRows.fitting(name, value));
        default -> custom(custom, customFields.idOf(name), ImportRows.fitting(name, value));
      }
    }
    if (!street.isEmpty()) {
      contact.putArray("street_addresses").add(street.put("kind", "home"));
    }
    if (!custom.isEmpty()) {
      contact.set("custom_fields", custom);
    }
    return contact;
  }

  private static JsonNode parsed(@Nullable String fields) {
    try {
      return JSON.readTree(fields == null ? "{}" : fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a member's fields are not JSON", e);
    }
  }

  /** {@code MM-DD} or {@code YYYY-MM-DD}. */
  private static void birthday(ObjectNode contact, String value) {
    String day = value.substring(value.length() - 5);
    contact.put("birthday_month", Integer.parseInt(day.substring(0, 2)));
    contact.put("birthday_day", Integer.parseInt(day.substring(3)));
  }

  private static void phone(ObjectNode contact, String number) {
    contact.putArray("phone_numbers").addObject().put("phone_number", number).put("kind", "other");
  }

  private static void custom(ArrayNode custom, @Nullable String id, String value) {
    if (id != null) {
      custom.addObject().put("custom_field_id", id).put("value", value);
    }
  }
}
