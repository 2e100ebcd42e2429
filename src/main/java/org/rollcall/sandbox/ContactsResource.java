package org.rollcall.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /contacts}: reading, creating, overwriting, deleting and asking to come back. */
final class ContactsResource {
  private static final String SCOPE = "contact_data";

  private final Supplier<SandboxOptions.Rules> rules;
  private final WritesUnderWay writes;

  ContactsResource(Supplier<SandboxOptions.Rules> rules, WritesUnderWay writes) {
    this.rules = rules;
    this.writes = writes;
  }

  void register(Router router) {
    router
        .add("GET", "/contacts", SCOPE, "contacts:read", this::list)
        .add("POST", "/contacts", SCOPE, "contacts:write", this::create)
        .add("GET", "/contacts/counts", SCOPE, "contacts:read", this::counts)
        .add("PUT", "/contacts/resubscribe/*", SCOPE, "contacts:write", this::resubscribe)
        .add("GET", "/contacts/*", SCOPE, "contacts:read", this::get)
        .add("PUT", "/contacts/*", SCOPE, "contacts:write", this::put)
        .add("DELETE", "/contacts/*", SCOPE, "contacts:write", this::delete);
  }

  // reading

  private Answer list(Call call) {
    String text = call.parameter("cursor");
    Cursor cursor = text == null ? Cursor.first(call.query) : Cursor.parse(text);
    boolean repeated = text != null && call.query.size() > 1;
    Call first = text == null ? call : new Call("GET", call.path, null, call.headers, call.body);
    if (text != null) {
      first.query.putAll(cursor.query());
    }
    int limit = first.limit(50, 500, rules.get().clipLimit());
    Set<String> include = include(first);
    boolean includeCount = first.flag("include_count");
    Store store = call.store();
    return store.read(
        () -> {
          ContactQuery query = new ContactQuery(store, cursor.query());
          int total = cursor.count() >= 0 || !includeCount ? cursor.count() : query.count();
          // a client that repeats its parameters beside the cursor loses a row, as in production
          int start = repeated ? skipOne(query, cursor.next()) : cursor.next();
          List<Contact> page = new ArrayList<>(limit);
          int at = start < 0 ? -1 : query.next(start);
          while (at >= 0 && page.size() < limit) {
            page.add(store.contacts.get(at));
            at = query.next(at + 1);
          }
          if (at >= 0 && rules.get().dropRowAtPageBorder()) {
            at = query.next(at + 1);
          }
          String next = at < 0 ? null : cursor.link("/v3/contacts", at, total);
          return Answer.json(200, page(store, page, include, total, next));
        });
  }

  private static int skipOne(ContactQuery query, int from) {
    int lost = query.next(from);
    return lost < 0 ? -1 : lost + 1;
  }

  private static byte[] page(
      Store store, List<Contact> page, Set<String> include, int total, @Nullable String next) {
    ContactJson writer = new ContactJson(store, include);
    ByteArrayOutputStream out = new ByteArrayOutputStream(512 + 512 * page.size());
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("contacts");
      for (Contact contact : page) {
        writer.write(json, contact);
      }
      json.writeEndArray();
      if (total >= 0) {
        json.writeNumberField("contacts_count", total);
      }
      if (next != null) {
        json.writeObjectFieldStart("_links");
        json.writeObjectFieldStart("next");
        json.writeStringField("href", next);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Set<String> include(Call call) {
    Set<String> include = new HashSet<>(ContactQuery.csv(call.query, "include"));
    if (!ContactJson.PARTS.containsAll(include)) {
      throw Refusal.invalid("include does not have a valid value");
    }
    return include;
  }

  private Answer get(Call call) {
    Set<String> include = include(call);
    Store store = call.store();
    return store.read(
        () -> Answer.json(200, new ContactJson(store, include).one(find(store, call.variable()))));
  }

  static Contact find(Store store, String id) {
    if (!Ids.wellFormed(id)) {
      throw Refusal.malformedId("contact_id");
    }
    Contact contact = store.contact(id);
    if (contact == null) {
      throw Refusal.notFound("contact_id");
    }
    return contact;
  }

  private Answer counts(Call call) {
    Store store = call.store();
    List<String> include = ContactQuery.csv(call.query, "include");
    return store.read(
        () -> {
          ObjectNode counts = Json.object();
          counts.put("total", store.contacts.size() - store.deleted.cardinality());
          counts.put("explicit", living(store, Permission.EXPLICIT));
          counts.put("implicit", living(store, Permission.IMPLICIT));
          counts.put("pending", living(store, Permission.PENDING_CONFIRMATION));
          counts.put("unsubscribed", living(store, Permission.UNSUBSCRIBED));
          if (include.contains("new_subscriber")) {
            counts.put("new_subscriber", newSubscribers(store));
          }
          return Answer.json(200, counts);
        });
  }

  private static int living(Store store, Permission permission) {
    java.util.BitSet set = (java.util.BitSet) store.byPermission[permission.ordinal()].clone();
    set.andNot(store.deleted);
    return set.cardinality();
  }

  private static long newSubscribers(Store store) {
    long since = store.now() - 30L * 24 * 3600;
    return store.contacts.stream()
        .filter(each -> !each.deleted() && each.permission.mailable() && each.optInAt >= since)
        .count();
  }

  // writing

  private Answer create(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    String sent = Store.normal(body.path("email_address").path("address").asText());
    try (WritesUnderWay.Write write = writes.begin(call, sent)) {
      return store.write(() -> create(call, store, body));
    }
  }

  private Answer create(Call call, Store store, JsonNode body) {
    ContactInput input =
        new ContactInput(store, body)
            .readCore(rules.get().refusePeriodInFirstName())
            .readAddress()
            .readParts(25);
    Origin source = input.faulty.origin(body, "create_source");
    if (input.firstName == null && input.lastName == null && input.address == null) {
      input.faulty.add("one of first_name, last_name, email_address is required");
    }
    input.faulty.refuse();
    refuseTaken(store, input.address, null);
    Contact contact = store.addContact(input.address, source);
    input.overwriteCore(contact);
    if (input.address != null) {
      Permission preset = source == Origin.CONTACT ? Permission.EXPLICIT : Permission.IMPLICIT;
      store.setPermission(contact, input.permission == null ? preset : input.permission, source);
      contact.optOutReason = input.optOutReason;
    }
    input.replaceParts(contact);
    call.note = "created";
    return Answer.json(201, new ContactJson(store, ContactJson.PARTS).one(contact));
  }

  private static void refuseTaken(Store store, @Nullable String address, @Nullable Contact self) {
    Contact other = address == null ? null : store.byAddress(address);
    if (other != null && other != self) {
      throw Refusal.conflict(
          "Validation failed: Email already exists for contact "
              + store.contactIds.text(other.index));
    }
  }

  private Answer put(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    try (WritesUnderWay.Write write = writes.begin(call, call.variable())) {
      return store.write(() -> put(call, store, find(store, call.variable()), body));
    }
  }

  private Answer put(Call call, Store store, Contact contact, JsonNode body) {
    ContactInput input =
        new ContactInput(store, body)
            .readCore(rules.get().refusePeriodInFirstName())
            .readAddress()
            .readParts(25);
    Origin source = input.faulty.origin(body, "update_source");
    if (contact.deleted() && source != Origin.ACCOUNT) {
      input.faulty.add("update_source must be Account to restore a deleted contact");
    }
    input.faulty.refuse();
    Permission wanted = input.permission == null ? contact.permission : input.permission;
    refuseComeBack(contact, wanted, source);
    refuseJoining(contact, input.lists);
    refuseTaken(store, input.address, contact);
    call.note = contact.permission.wire() + " -> " + wanted.wire();
    if (contact.deleted()) {
      store.revive(contact);
      call.note += ", revived";
    }
    input.overwriteCore(contact);
    if (input.address != null && !input.address.equals(contact.address)) {
      store.setAddress(contact, input.address);
      call.note += ", new address";
    }
    store.setPermission(contact, wanted, source);
    if (input.optOutReason != null && wanted == Permission.UNSUBSCRIBED) {
      contact.optOutReason = input.optOutReason;
    }
    input.replaceParts(contact);
    store.touch(contact, source);
    return Answer.json(200, new ContactJson(store, ContactJson.PARTS).one(contact));
  }

  /** Who opted out himself comes back by himself only. */
  private static void refuseComeBack(Contact contact, Permission wanted, Origin source) {
    if (contact.permission == Permission.UNSUBSCRIBED
        && contact.optOutSource == Origin.CONTACT
        && wanted != Permission.UNSUBSCRIBED
        && source != Origin.CONTACT) {
      throw Refusal.invalid("permission_to_send cannot be changed: contact has opted out");
    }
  }

  private void refuseJoining(Contact contact, int @Nullable [] lists) {
    int status = rules.get().addingUnsubscribedStatus();
    if (status == 0 || lists == null || contact.optOutSource != Origin.CONTACT) {
      return;
    }
    for (int list : lists) {
      if (!Sorted.contains(contact.lists, list)) {
        throw new Refusal(
            status, "contacts.api.validation.error", "contact has opted out of all lists");
      }
    }
  }

  private Answer delete(Call call) {
    Store store = call.store();
    try (WritesUnderWay.Write write = writes.begin(call, call.variable())) {
      return store.write(
          () -> {
            Contact contact = find(store, call.variable());
            if (contact.deleted()) {
              throw Refusal.notFound("contact_id");
            }
            store.delete(contact);
            call.note = "deleted";
            return Answer.empty(204);
          });
    }
  }

  private Answer resubscribe(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    try (WritesUnderWay.Write write = writes.begin(call, call.variable())) {
      return store.write(
          () -> {
            Contact contact = find(store, call.variable());
            ContactInput input = new ContactInput(store, body);
            int[] lists = input.lists("list_ids");
            if (lists == null || lists.length == 0) {
              input.faulty.add("list_ids is missing");
            }
            input.faulty.refuse();
            if (contact.permission != Permission.UNSUBSCRIBED || contact.resubscribeSent) {
              throw Refusal.conflict("A resubscribe email cannot be sent to this contact");
            }
            contact.resubscribeSent = true;
            contact.details().resubscribeLists = lists == null ? Contact.NONE : lists;
            store.touch(contact, Origin.ACCOUNT);
            call.note = "confirmation sent";
            return Answer.json(
                200, Json.object().put("contact_id", store.contactIds.text(contact.index)));
          });
    }
  }
}
