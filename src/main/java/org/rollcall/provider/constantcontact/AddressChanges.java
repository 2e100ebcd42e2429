package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Call;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.SeenContact;

/**
 * A contact gets another address by {@code PUT /contacts/ID}. That call blanks every core property
 * it does not name and leaves lists, custom fields and the like alone, so the contact is read first
 * and its properties are repeated. The permission is not: whoever opts out in between stays so.
 */
public final class AddressChanges {
  private static final String DOING = "changing a contact's address";

  /**
   * @param former the address the contact has now, as far as is known
   */
  public record ChangeAddress(String contactId, String former, String address) {}

  public Call writeRead(ChangeAddress change) {
    return Call.get("reading a contact", path(change));
  }

  /**
   * @throws ProviderException when the contact is not what it was: deleted, opted out, or changed
   *     by somebody else
   */
  public Call writeChange(
      @Body Answer answer, @ExchangeProperty("rollcall.change") ChangeAddress change) {
    JsonNode contact = ConstantContact.json(answer, DOING);
    SeenContact seen = ConstantContact.contact(contact);
    if (seen.deleted() || seen.unsubscribed() || !known(seen, change)) {
      throw new ProviderException(
          Verdict.CONFLICT, 200, DOING, "the contact was changed at the provider meanwhile");
    }
    return Call.json(
        DOING, "PUT", path(change), ConstantContact.bytes(body(contact, change)), true);
  }

  private static boolean known(SeenContact seen, ChangeAddress change) {
    return seen.address().equals(change.former()) || seen.address().equals(change.address());
  }

  private static ObjectNode body(JsonNode contact, ChangeAddress change) {
    ObjectNode body = ((ObjectNode) contact).objectNode();
    body.putObject("email_address").put("address", change.address());
    CoreProperties.repeat(contact, body);
    return body;
  }

  public SeenContact readChange(Answer answer) {
    return ConstantContact.contact(ConstantContact.json(answer, DOING));
  }

  private static String path(ChangeAddress change) {
    return "/contacts/" + ConstantContact.encoded(change.contactId());
  }
}
