package org.rollcall.provider.constantcontact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rollcall.pace.Answer;
import org.rollcall.provider.constantcontact.SingleContacts.WriteContact;

class SingleContactsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void an_update_keeps_all_telephone_numbers_that_are_not_ours() throws IOException {
    String contact =
        """
        {"contact_id": "c1", "email_address": {"address": "a@example.org"}, "phone_numbers": [
          {"phone_number": "1", "kind": "work"},
          {"phone_number": "2", "kind": "work"},
          {"phone_number": "3", "kind": "other"}]}
        """;
    ObjectNode sent = ContactFields.of("{\"phone\": \"4\"}", new CustomFieldNames());

    byte[] body =
        new SingleContacts()
            .writeUpdate(
                new Answer(200, Map.of(), contact.getBytes(StandardCharsets.UTF_8)),
                new WriteContact("c1", "a@example.org", sent, List.of()))
            .body();

    JsonNode phones = JSON.readTree(Objects.requireNonNull(body)).path("phone_numbers");
    assertThat(phones)
        .extracting(
            phone -> phone.path("kind").asText() + " " + phone.path("phone_number").asText())
        .containsExactly("work 1", "work 2", "other 4");
  }
}
