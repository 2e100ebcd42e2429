package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SandboxCustomFieldsTest extends SandboxTest {
  private SandboxClient.Reply create(String label, String type) {
    return client.post("/contact_custom_fields", "{'label':'" + label + "','type':'" + type + "'}");
  }

  @Test
  void the_name_is_made_by_the_provider_and_only_the_label_can_change() {
    JsonNode field = create("Member Key", "string").json();
    assertThat(field.path("name").asText()).isEqualTo("member_key");
    String path = "/contact_custom_fields/" + field.path("custom_field_id").asText();
    client.put(path, "{'label':'Number','name':'other','type':'date'}");
    JsonNode changed = client.get(path).json();
    assertThat(changed.path("label").asText()).isEqualTo("Number");
    assertThat(changed.path("name").asText()).isEqualTo("member_key");
    assertThat(changed.path("type").asText()).isEqualTo("string");
  }

  @Test
  void types_labels_and_their_number_are_limited() {
    assertThat(create("A", "colour").status()).isEqualTo(400);
    assertThat(create("x".repeat(51), "string").status()).isEqualTo(400);
    for (int i = 0; i < 100; i++) {
      assertThat(create("F" + i, "string").status()).isEqualTo(201);
    }
    assertThat(create("One more", "string").status()).isEqualTo(400);
    assertThat(client.all("/contact_custom_fields?limit=30", "custom_fields")).hasSize(100);
    assertThat(client.get("/contact_custom_fields?limit=101").status()).isEqualTo(400);
  }

  @Test
  void a_label_is_taken_once() {
    create("Key", "string");
    assertThat(create("Key", "date").status()).isEqualTo(409);
  }

  @Test
  void a_deleted_field_is_gone_at_once_with_its_values() {
    String id = create("Key", "string").json().path("custom_field_id").asText();
    client.post(
        "/contacts",
        "{'email_address':{'address':'a@example.org'},'create_source':'Account',"
            + "'custom_fields':[{'custom_field_id':'"
            + id
            + "','value':'7'}]}");
    assertThat(control.contact("a@example.org").orElseThrow().fields()).containsEntry("key", "7");
    assertThat(client.delete("/contact_custom_fields/" + id).status()).isEqualTo(204);
    assertThat(control.contact("a@example.org").orElseThrow().fields()).isEmpty();
    assertThat(client.get("/contact_custom_fields/" + id).status()).isEqualTo(404);
  }
}
