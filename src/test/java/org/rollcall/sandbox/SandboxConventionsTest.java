package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SandboxConventionsTest extends SandboxTest {
  private void contacts(int count) {
    for (int i = 0; i < count; i++) {
      control.createContact("m" + i + "@example.org", List.of(), Control.Edit.name("A", "B"));
    }
  }

  @Test
  void errors_are_arrays_and_join_several_faults_in_one_message() {
    SandboxClient.Reply reply =
        client.post(
            "/contacts",
            "{'first_name':'"
                + "x".repeat(51)
                + "','birthday_month':13,'birthday_day':3,'create_source':'Nobody',"
                + "'email_address':{'address':'a@example.org','permission_to_send':'maybe'}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json()).hasSize(1);
    assertThat(reply.errorKey()).isEqualTo("contacts.api.validation.error");
    assertThat(reply.message().split(", "))
        .anyMatch(text -> text.startsWith("first_name"))
        .anyMatch(text -> text.startsWith("birthday_month"))
        .anyMatch(text -> text.startsWith("permission_to_send"))
        .anyMatch(text -> text.startsWith("create_source"));
  }

  @Test
  void malformed_and_unknown_ids_are_not_found() {
    for (String path : List.of("/contacts/", "/contact_lists/", "/activities/")) {
      SandboxClient.Reply malformed = client.get(path + "123");
      assertThat(malformed.status()).isEqualTo(404);
      assertThat(malformed.errorKey()).isEqualTo("contacts.api.not_found");
      assertThat(malformed.message()).endsWith("is in an invalid format.");
      assertThat(client.get(path + UUID.randomUUID()).status()).isEqualTo(404);
    }
  }

  @Test
  void lengths_are_enforced() {
    String id = client.contact("a@example.org");
    String field =
        client
            .post("/contact_custom_fields", "{'label':'Key','type':'string'}")
            .json()
            .path("custom_field_id")
            .asText();
    List<String> faults =
        List.of(
            "'last_name':'" + "x".repeat(51) + "'",
            "'email_address':{'address':'" + "x".repeat(60) + "@" + "y".repeat(20) + ".org'}",
            "'notes':[{'content':'" + "x".repeat(2001) + "'}]",
            "'phone_numbers':[{'phone_number':'" + "1".repeat(26) + "','kind':'home'}]",
            "'phone_numbers':[{'phone_number':'1','kind':'boat'}]",
            "'street_addresses':[{'city':'x'}]",
            "'custom_fields':[{'custom_field_id':'"
                + field
                + "','value':'"
                + "x".repeat(256)
                + "'}]",
            "'custom_fields':[{'custom_field_id':'" + UUID.randomUUID() + "','value':'x'}]",
            "'list_memberships':['" + UUID.randomUUID() + "']");
    for (String fault : faults) {
      String body = "{'update_source':'Account'," + fault + "}";
      assertThat(client.put("/contacts/" + id, body).status()).as(fault).isEqualTo(400);
    }
    String name = "{'name':'" + "x".repeat(256) + "'}";
    assertThat(client.post("/contact_lists", name).status()).isEqualTo(400);
  }

  @Test
  void a_wrong_media_type_is_refused_and_broken_json_too() {
    SandboxClient.Reply plain =
        client.send(
            client
                .to("/contact_lists")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"name\":\"x\"}")));
    assertThat(plain.status()).isEqualTo(415);
    assertThat(client.post("/contact_lists", "{'name'").status()).isEqualTo(400);
    assertThat(client.post("/activities/contacts_json_import", "{'import_data':[").status())
        .isEqualTo(400);
  }

  @Test
  void pages_are_linked_by_a_relative_path_with_an_opaque_cursor() {
    contacts(5);
    SandboxClient.Reply first = client.get("/contacts?limit=2&include_count=true");
    String next = first.json().at("/_links/next/href").asText();
    assertThat(next).startsWith("/v3/contacts?cursor=");
    assertThat(first.json().path("contacts_count").asInt()).isEqualTo(5);
    JsonNode second = client.follow(next).json();
    assertThat(second.path("contacts")).hasSize(2);
    assertThat(second.path("contacts_count").asInt()).isEqualTo(5);
    JsonNode last = client.follow(second.at("/_links/next/href").asText()).json();
    assertThat(last.path("contacts")).hasSize(1);
    assertThat(last.path("_links").has("next")).isFalse();
    assertThat(client.get("/contacts?cursor=nonsense").status()).isEqualTo(400);
  }

  @Test
  void a_client_that_repeats_its_parameters_beside_the_cursor_loses_a_row() {
    contacts(4);
    String next = client.get("/contacts?limit=2").json().at("/_links/next/href").asText();
    assertThat(client.follow(next).json().path("contacts")).hasSize(2);
    assertThat(client.follow(next + "&limit=2").json().path("contacts")).hasSize(1);
  }

  @Test
  void page_sizes_are_fifty_by_default_and_refused_above_the_maximum() {
    contacts(60);
    assertThat(client.get("/contacts").json().path("contacts")).hasSize(50);
    assertThat(client.get("/contacts?limit=500").json().path("contacts")).hasSize(60);
    assertThat(client.get("/contacts?limit=501").status()).isEqualTo(400);
    assertThat(client.get("/contacts?limit=0").status()).isEqualTo(400);
  }

  @Test
  void read_only_and_unknown_fields_are_ignored() {
    SandboxClient.Reply reply =
        client.post(
            "/contacts",
            "{'first_name':'A','create_source':'Account','contact_id':'x',"
                + "'created_at':'1999-01-01T00:00:00Z','shoe_size':42}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("created_at").asText()).doesNotStartWith("1999");
    assertThat(reply.json().has("shoe_size")).isFalse();
  }

  @Test
  void times_are_whole_seconds_in_utc() {
    String id = client.contact("a@example.org");
    assertThat(client.get("/contacts/" + id).json().path("updated_at").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void a_pager_survives_changes_under_its_feet() {
    contacts(10);
    List<String> seen = new ArrayList<>();
    JsonNode page = client.get("/contacts?limit=3").json();
    control.deleteContact("m3@example.org");
    control.createContact("late@example.org", List.of(), Control.Edit.name("A", "B"));
    while (true) {
      page.path("contacts").forEach(row -> seen.add(row.at("/email_address/address").asText()));
      if (!page.path("_links").has("next")) {
        break;
      }
      page = client.follow(page.at("/_links/next/href").asText()).json();
    }
    assertThat(seen).hasSize(10).doesNotHaveDuplicates().contains("late@example.org");
  }
}
