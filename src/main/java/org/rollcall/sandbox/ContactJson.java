package org.rollcall.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes contacts as the interface shows them. Called inside the store's read lock. */
final class ContactJson {
  static final Set<String> PARTS =
      Set.of(
          "custom_fields",
          "list_memberships",
          "phone_numbers",
          "street_addresses",
          "taggings",
          "notes");

  private final Store store;
  private final Set<String> include;

  ContactJson(Store store, Set<String> include) {
    this.store = store;
    this.include = include;
  }

  byte[] one(Contact contact) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      write(json, contact);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  void write(JsonGenerator json, Contact contact) throws IOException {
    json.writeStartObject();
    json.writeStringField("contact_id", store.contactIds.text(contact.index));
    if (contact.address != null) {
      address(json, contact, contact.address);
    }
    text(json, "first_name", contact.firstName);
    text(json, "last_name", contact.lastName);
    text(json, "job_title", contact.jobTitle);
    text(json, "company_name", contact.companyName);
    if (contact.birthdayMonth != 0) {
      json.writeNumberField("birthday_month", contact.birthdayMonth);
      json.writeNumberField("birthday_day", contact.birthdayDay);
    }
    text(json, "anniversary", contact.anniversary);
    json.writeStringField("create_source", contact.createSource.wire());
    json.writeStringField("update_source", contact.updateSource.wire());
    time(json, "created_at", contact.createdAt);
    time(json, "updated_at", contact.updatedAt);
    time(json, "deleted_at", contact.deletedAt);
    parts(json, contact);
    json.writeEndObject();
  }

  private static void address(JsonGenerator json, Contact contact, String address)
      throws IOException {
    json.writeObjectFieldStart("email_address");
    json.writeStringField("address", address);
    json.writeStringField("permission_to_send", contact.permission.wire());
    time(json, "created_at", contact.createdAt);
    time(json, "updated_at", contact.updatedAt);
    if (contact.optInSource != null) {
      json.writeStringField("opt_in_source", contact.optInSource.wire());
    }
    time(json, "opt_in_date", contact.optInAt);
    if (contact.optOutSource != null) {
      json.writeStringField("opt_out_source", contact.optOutSource.wire());
    }
    time(json, "opt_out_date", contact.optOutAt);
    text(json, "opt_out_reason", contact.optOutReason);
    json.writeStringField("confirm_status", confirmStatus(contact));
    json.writeEndObject();
  }

  private static String confirmStatus(Contact contact) {
    if (contact.permission == Permission.PENDING_CONFIRMATION) {
      return "pending";
    }
    return contact.confirmedOptIn ? "confirmed" : "off";
  }

  private void parts(JsonGenerator json, Contact contact) throws IOException {
    if (include.contains("custom_fields")) {
      json.writeArrayFieldStart("custom_fields");
      for (int i = 0; i < contact.fields.length; i++) {
        json.writeStartObject();
        json.writeStringField("custom_field_id", store.fields.get(contact.fields[i]).id);
        json.writeStringField("value", contact.fieldValues[i]);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (include.contains("list_memberships")) {
      json.writeArrayFieldStart("list_memberships");
      for (int list : contact.lists) {
        json.writeString(store.lists.get(list).id);
      }
      json.writeEndArray();
    }
    if (include.contains("taggings")) {
      json.writeArrayFieldStart("taggings");
      for (int tag : contact.tags()) {
        json.writeString(store.tags.get(tag).id);
      }
      json.writeEndArray();
    }
    details(json, contact.details == null ? new Contact.Details() : contact.details);
  }

  private void details(JsonGenerator json, Contact.Details details) throws IOException {
    if (include.contains("phone_numbers")) {
      json.writeArrayFieldStart("phone_numbers");
      for (Contact.Phone phone : details.phones) {
        json.writeStartObject();
        json.writeStringField("phone_number_id", store.partId(phone.id()));
        json.writeStringField("phone_number", phone.number());
        json.writeStringField("kind", phone.kind());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (include.contains("street_addresses")) {
      json.writeArrayFieldStart("street_addresses");
      for (Contact.StreetAddress address : details.addresses) {
        json.writeStartObject();
        json.writeStringField("street_address_id", store.partId(address.id()));
        json.writeStringField("kind", address.kind());
        text(json, "street", address.street());
        text(json, "city", address.city());
        text(json, "state", address.state());
        text(json, "postal_code", address.postalCode());
        text(json, "country", address.country());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (include.contains("notes")) {
      json.writeArrayFieldStart("notes");
      for (Contact.Note note : details.notes) {
        json.writeStartObject();
        json.writeStringField("note_id", store.partId(note.id()));
        json.writeStringField("created_at", Json.time(note.createdAt()));
        json.writeStringField("content", note.content());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void time(JsonGenerator json, String name, long seconds) throws IOException {
    if (seconds != 0) {
      json.writeStringField(name, Json.time(seconds));
    }
  }
}
