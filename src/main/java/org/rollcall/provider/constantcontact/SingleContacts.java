package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Call;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.SeenContact;

/**
 * Contacts sent one by one, for addresses that an import does not take. An update blanks every core
 * property it does not name, and a list it does name replaces the whole of it, so the contact is
 * read first and what it has is repeated. The permission is never named: it stays what it is.
 */
public final class SingleContacts {
  private static final String CREATING = "creating a contact";
  private static final String UPDATING = "updating a contact";

  /**
   * @param contactId empty for a new contact
   * @param sent what the contact shall have, in the words of the contact resource
   * @param lists it is added to
   */
  public record WriteContact(
      String contactId, String address, ObjectNode sent, List<String> lists) {}

  public Call writeCreate(WriteContact request) {
    ObjectNode body = request.sent().deepCopy();
    body.putObject("email_address").put("address", request.address());
    request.lists().forEach(body.withArray("list_memberships")::add);
    body.put("create_source", "Account");
    return Call.json(CREATING, "POST", "/contacts", ConstantContact.bytes(body), false);
  }

  public Call writeRead(WriteContact request) {
    return Call.get(
        "reading a contact",
        path(request) + "?include=list_memberships,custom_fields,phone_numbers,street_addresses");
  }

  /**
   * @throws ProviderException when the contact opted out or has another address meanwhile
   */
  public Call writeUpdate(
      @Body Answer answer, @ExchangeProperty("rollcall.contact") WriteContact request) {
    JsonNode contact = ConstantContact.json(answer, UPDATING);
    SeenContact seen = ConstantContact.contact(contact);
    if (seen.unsubscribed() || !seen.address().equals(request.address())) {
      throw new ProviderException(
          Verdict.CONFLICT, 200, UPDATING, "the contact was changed at the provider meanwhile");
    }
    byte[] body = ConstantContact.bytes(body(contact, request));
    return Call.json(UPDATING, "PUT", path(request), body, true);
  }

  private static ObjectNode body(JsonNode contact, WriteContact request) {
    ObjectNode body = request.sent().deepCopy();
    body.putObject("email_address").put("address", request.address());
    CoreProperties.repeat(contact, body);
    merge(body, contact, "phone_numbers", "kind");
    merge(body, contact, "street_addresses", "kind");
    merge(body, contact, "custom_fields", "custom_field_id");
    lists(body, contact, request.lists());
    return body;
  }

  /** Ours take the place of those of the same kind, the others stay. */
  private static void merge(ObjectNode body, JsonNode contact, String part, String key) {
    if (!body.has(part)) {
      return;
    }
    JsonNode ours = body.path(part);
    Set<String> keys = new HashSet<>();
    ours.forEach(entry -> keys.add(entry.path(key).asText()));
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (JsonNode entry : contact.path(part)) {
      if (!keys.contains(entry.path(key).asText())) {
        all.add(entry);
      }
    }
    ours.forEach(all::add);
    body.set(part, all);
  }

  private static void lists(ObjectNode body, JsonNode contact, List<String> added) {
    if (added.isEmpty()) {
      return;
    }
    Set<String> lists = new LinkedHashSet<>();
    contact.path("list_memberships").forEach(list -> lists.add(list.asText()));
    lists.addAll(added);
    lists.forEach(body.putArray("list_memberships")::add);
  }

  public SeenContact readContact(Answer answer) {
    return ConstantContact.contact(ConstantContact.json(answer, "reading a contact"));
  }

  private static String path(WriteContact request) {
    return "/contacts/" + ConstantContact.encoded(request.contactId());
  }
}
