package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code POST /contacts/sign_up_form}: creates or updates, appends, revives, and makes even those
 * mailable who opted out. A hub must never call it to synchronise.
 */
final class SignUpForm {
  private final Supplier<SandboxOptions.Rules> rules;
  private final WritesUnderWay writes;

  SignUpForm(Supplier<SandboxOptions.Rules> rules, WritesUnderWay writes) {
    this.rules = rules;
    this.writes = writes;
  }

  void register(Router router) {
    router.add("POST", "/contacts/sign_up_form", "contact_data", "contacts:write", this::signUp);
  }

  private Answer signUp(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    String sent = Store.normal(body.path("email_address").asText());
    try (WritesUnderWay.Write write = writes.begin(call, sent)) {
      return store.write(() -> signUp(call, store, body));
    }
  }

  private Answer signUp(Call call, Store store, JsonNode body) {
    ContactInput input =
        new ContactInput(store, body).readCore(rules.get().refusePeriodInFirstName());
    input.address(input.faulty.required(body, "email_address", 50));
    int[] lists = input.lists("list_memberships");
    if (lists == null || lists.length == 0) {
      input.faulty.add("list_memberships is missing");
    }
    Map<CustomField, String> fields = input.fields(50);
    String phone = input.faulty.text(body, "phone_number", 25);
    JsonNode street = body.get("street_address");
    Contact.StreetAddress address = street == null ? null : input.streetAddress(street);
    input.faulty.refuse();
    String wanted = java.util.Objects.requireNonNull(input.address);
    Contact known = store.byAddress(wanted);
    Contact contact = known == null ? store.addContact(wanted, Origin.CONTACT) : known;
    int[] joined = Sorted.of(lists == null ? Contact.NONE : lists);
    refuseTooManyLists(contact, joined);
    if (contact.deleted()) {
      store.revive(contact);
    }
    input.patchCore(contact);
    for (int list : joined) {
      store.join(contact, store.lists.get(list));
    }
    if (fields != null) {
      fields.forEach((field, value) -> contact.setField(field.position, value));
    }
    if (phone != null) {
      contact.details().phones = List.of(new Contact.Phone(store.newPart(), phone, "other"));
    }
    if (address != null) {
      contact.details().addresses = List.of(address);
    }
    boolean wait = known == null && rules.get().confirmedOptIn();
    store.setPermission(
        contact, wait ? Permission.PENDING_CONFIRMATION : Permission.EXPLICIT, Origin.CONTACT);
    store.touch(contact, Origin.CONTACT);
    call.note = known == null ? "created" : "updated";
    return Answer.json(
        known == null ? 201 : 200,
        Json.object("contact_id", store.contactIds.text(contact.index), "action", call.note));
  }

  private static void refuseTooManyLists(Contact contact, int[] joined) {
    int[] all = contact.lists;
    for (int list : joined) {
      all = Sorted.add(all, list);
    }
    if (all.length > Store.LISTS_PER_CONTACT) {
      throw Refusal.invalid("list_memberships may have at most 50 entries");
    }
  }
}
