package org.rollcall.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes all contacts of a store as lines of JSON, a thousand under each lock. */
final class Dump {
  private static final int AT_ONCE = 1_000;

  private final Store store;

  /** Neighbours are often on the same lists. */
  private int[] lastLists = Contact.NONE;

  private List<String> lastNames = List.of();

  Dump(Store store) {
    this.store = store;
  }

  void write(OutputStream out) throws IOException {
    int size = store.read(store.contacts::size);
    for (int from = 0; from < size; from += AT_ONCE) {
      int first = from;
      int end = Math.min(size, from + AT_ONCE);
      out.write(store.read(() -> lines(store.contacts.subList(first, end))));
    }
  }

  private byte[] lines(List<Contact> contacts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(AT_ONCE * 200);
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.setRootValueSeparator(new SerializedString(""));
      for (Contact contact : contacts) {
        if (!contact.deleted()) {
          line(json, contact);
          json.writeRaw('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void line(JsonGenerator json, Contact contact) throws IOException {
    json.writeStartObject();
    put(json, "address", contact.address);
    json.writeStringField("permission", contact.permission.wire());
    json.writeArrayFieldStart("lists");
    for (String name : names(contact.lists)) {
      json.writeString(name);
    }
    json.writeEndArray();
    put(json, "first_name", contact.firstName);
    put(json, "last_name", contact.lastName);
    put(json, "company_name", contact.companyName);
    put(json, "job_title", contact.jobTitle);
    put(json, "birthday", Control.birthday(contact));
    put(json, "anniversary", contact.anniversary);
    put(json, "phone", Control.phone(contact));
    json.writeObjectFieldStart("fields");
    for (Map.Entry<String, String> field : Control.fields(store, contact).entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private List<String> names(int[] lists) {
    if (!Arrays.equals(lists, lastLists)) {
      lastNames = Arrays.stream(lists).mapToObj(at -> store.lists.get(at).name).sorted().toList();
      lastLists = lists;
    }
    return lastNames;
  }

  private static void put(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
