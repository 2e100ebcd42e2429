package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A contact as a client sends it to POST, PUT and the sign-up form, checked. Sub-resources that
 * were not sent are null. Read inside the store's lock.
 */
final class ContactInput {
  private static final Set<String> PHONE_KINDS = Set.of("home", "work", "mobile", "other");
  private static final Set<String> ADDRESS_KINDS = Set.of("home", "work", "other");

  final Faulty faulty = new Faulty();
  private final Store store;
  private final JsonNode body;

  @Nullable String address;
  @Nullable Permission permission;
  @Nullable String optOutReason;
  @Nullable String firstName;
  @Nullable String lastName;
  @Nullable String jobTitle;
  @Nullable String companyName;
  @Nullable String anniversary;
  int birthdayMonth;
  int birthdayDay;
  int @Nullable [] lists;
  int @Nullable [] tags;
  @Nullable Map<CustomField, String> fields;
  @Nullable List<Contact.Phone> phones;
  @Nullable List<Contact.StreetAddress> streetAddresses;
  @Nullable List<Contact.Note> notes;

  ContactInput(Store store, JsonNode body) {
    this.store = store;
    this.body = body;
  }

  ContactInput readCore(boolean refusePeriod) {
    firstName = faulty.text(body, "first_name", 50);
    if (firstName != null && refusePeriod && firstName.contains(".")) {
      faulty.add("first_name is invalid");
    }
    lastName = faulty.text(body, "last_name", 50);
    jobTitle = faulty.text(body, "job_title", 50);
    companyName = faulty.text(body, "company_name", 50);
    anniversary = faulty.text(body, "anniversary", 10);
    if (anniversary != null && !Anniversary.valid(anniversary)) {
      faulty.invalid("anniversary");
    }
    birthdayMonth = faulty.number(body, "birthday_month", 1, 12);
    birthdayDay = faulty.number(body, "birthday_day", 1, 31);
    if (birthdayMonth == 0 != (birthdayDay == 0)) {
      faulty.add("birthday_month and birthday_day must be provided together");
    }
    return this;
  }

  ContactInput readAddress() {
    JsonNode node = body.get("email_address");
    if (node == null || node.isNull()) {
      return this;
    }
    if (!node.isObject()) {
      faulty.invalid("email_address");
      return this;
    }
    address(faulty.required(node, "address", 80));
    optOutReason = faulty.text(node, "opt_out_reason", 255);
    String text = faulty.text(node, "permission_to_send", 50);
    permission = text == null ? null : Permission.of(text);
    if (text != null && permission == null) {
      faulty.invalid("permission_to_send");
    }
    return this;
  }

  void address(@Nullable String text) {
    if (text != null && !Addresses.valid(text.strip())) {
      faulty.invalid("email_address");
    }
    address = text == null ? null : Store.normal(text);
  }

  ContactInput readParts(int mostFields) {
    lists = lists("list_memberships");
    tags = tags();
    fields = fields(mostFields);
    phones = phones();
    streetAddresses = streetAddresses();
    notes = notes();
    return this;
  }

  /** Lists that exist now; {@code null} when the property was not sent. */
  int @Nullable [] lists(String name) {
    List<JsonNode> sent = faulty.array(body, name, Store.LISTS_PER_CONTACT);
    if (sent == null) {
      return null;
    }
    List<Integer> positions = new ArrayList<>();
    for (JsonNode id : sent) {
      MailingList list = store.list(id.asText());
      if (list == null || list.deleted()) {
        faulty.invalid(name);
      } else {
        positions.add(list.position);
      }
    }
    return positions.stream().mapToInt(i -> i).toArray();
  }

  private int @Nullable [] tags() {
    List<JsonNode> sent = faulty.array(body, "taggings", 50);
    if (sent == null) {
      return null;
    }
    List<Integer> positions = new ArrayList<>();
    for (JsonNode id : sent) {
      Tag tag = store.tag(id.asText());
      if (tag == null) {
        faulty.invalid("taggings");
      } else {
        positions.add(tag.position);
      }
    }
    return positions.stream().mapToInt(i -> i).toArray();
  }

  @Nullable Map<CustomField, String> fields(int maximum) {
    List<JsonNode> sent = faulty.array(body, "custom_fields", maximum);
    if (sent == null) {
      return null;
    }
    Map<CustomField, String> values = new LinkedHashMap<>();
    for (JsonNode entry : sent) {
      CustomField field = store.field(entry.path("custom_field_id").asText());
      String value = faulty.text(entry, "value", 255);
      if (field == null) {
        faulty.invalid("custom_field_id");
      } else if (value != null) {
        values.put(field, value);
      }
    }
    return values;
  }

  private @Nullable List<Contact.Phone> phones() {
    List<JsonNode> sent = faulty.array(body, "phone_numbers", 3);
    if (sent == null) {
      return null;
    }
    List<Contact.Phone> read = new ArrayList<>();
    for (JsonNode entry : sent) {
      String number = faulty.required(entry, "phone_number", 25);
      String kind = kind(entry, PHONE_KINDS, "other");
      if (number != null) {
        read.add(new Contact.Phone(store.newPart(), number, kind));
      }
    }
    return read;
  }

  private @Nullable List<Contact.StreetAddress> streetAddresses() {
    List<JsonNode> sent = faulty.array(body, "street_addresses", 3);
    return sent == null ? null : sent.stream().map(this::streetAddress).toList();
  }

  Contact.StreetAddress streetAddress(JsonNode entry) {
    return new Contact.StreetAddress(
        store.newPart(),
        kind(entry, ADDRESS_KINDS, null),
        faulty.text(entry, "street", 255),
        faulty.text(entry, "city", 50),
        faulty.text(entry, "state", 50),
        faulty.text(entry, "postal_code", 50),
        faulty.text(entry, "country", 50));
  }

  private String kind(JsonNode entry, Set<String> known, @Nullable String preset) {
    String kind = faulty.text(entry, "kind", 50);
    if (kind == null && preset == null) {
      faulty.add("kind is missing");
    }
    if (kind != null && !known.contains(kind)) {
      faulty.invalid("kind");
    }
    return kind != null ? kind : preset != null ? preset : "";
  }

  private @Nullable List<Contact.Note> notes() {
    List<JsonNode> sent = faulty.array(body, "notes", 150);
    if (sent == null) {
      return null;
    }
    List<Contact.Note> read = new ArrayList<>();
    for (JsonNode entry : sent) {
      String content = faulty.required(entry, "content", 2000);
      if (content != null) {
        read.add(new Contact.Note(store.newPart(), store.now(), content));
      }
    }
    return read;
  }

  /** Full overwrite: what was not sent becomes absent. */
  void overwriteCore(Contact contact) {
    contact.firstName = store.shared(firstName);
    contact.lastName = store.shared(lastName);
    contact.jobTitle = store.shared(jobTitle);
    contact.companyName = store.shared(companyName);
    contact.anniversary = anniversary;
    contact.birthdayMonth = (byte) birthdayMonth;
    contact.birthdayDay = (byte) birthdayDay;
  }

  /** Only what was sent. */
  void patchCore(Contact contact) {
    contact.firstName = firstName == null ? contact.firstName : store.shared(firstName);
    contact.lastName = lastName == null ? contact.lastName : store.shared(lastName);
    contact.jobTitle = jobTitle == null ? contact.jobTitle : store.shared(jobTitle);
    contact.companyName = companyName == null ? contact.companyName : store.shared(companyName);
    contact.anniversary = anniversary == null ? contact.anniversary : anniversary;
    if (birthdayMonth != 0) {
      contact.birthdayMonth = (byte) birthdayMonth;
      contact.birthdayDay = (byte) birthdayDay;
    }
  }

  /** A sub-resource that was sent replaces the whole of it, the others are left alone. */
  void replaceParts(Contact contact) {
    if (lists != null) {
      store.setLists(contact, lists);
    }
    if (tags != null) {
      store.setTags(contact, tags);
    }
    if (fields != null) {
      contact.clearFields();
      fields.forEach((field, value) -> contact.setField(field.position, store.sharedText(value)));
    }
    if (phones != null) {
      contact.details().phones = phones;
    }
    if (streetAddresses != null) {
      contact.details().addresses = streetAddresses;
    }
    if (notes != null) {
      contact.details().notes = notes;
    }
  }
}
