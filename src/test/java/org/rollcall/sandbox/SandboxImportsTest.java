package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxImportsTest extends SandboxTest {
  @Test
  void an_import_is_queued_and_shows_nothing_before_its_end() throws Exception {
    SandboxClient.Reply accepted = importRows(client.list("Board"), "{'email':'ann@example.org'}");
    assertThat(accepted.status()).isEqualTo(201);
    assertThat(accepted.json().path("state").asText()).isEqualTo("initialized");
    assertThat(accepted.json().at("/_links/self/href").asText()).startsWith("/v3/activities/");
    assertThat(control.contact("ann@example.org")).isEmpty();
    client.finished(accepted);
    assertThat(control.contact("ann@example.org")).isPresent();
  }

  @Test
  void a_job_is_initialized_then_processing_then_completed_as_the_clock_goes() {
    control.stopClock(true);
    SandboxClient.Reply accepted = importRows(client.list("Board"), "{'email':'ann@example.org'}");
    String path = "/activities/" + accepted.json().path("activity_id").asText();
    assertThat(client.get(path).json().path("state").asText()).isEqualTo("initialized");
    control.advanceClock(Duration.ofMinutes(31));
    Eventually.equal("processing", () -> client.get(path).json().path("state").asText());
    assertThat(control.contact("ann@example.org")).isEmpty();
    control.advanceClock(Duration.ofMinutes(30));
    Eventually.equal("completed", () -> client.get(path).json().path("state").asText());
  }

  @Test
  void the_counters_tell_rows_persons_errors_correctable_and_opted_out_apart() throws Exception {
    String list = client.list("Board");
    client.contact("out@example.org", list);
    control.unsubscribe("out@example.org", "enough");
    String rows =
        "{'email':'ann@example.org','first_name':'Ann'},{'email':'not an address'},"
            + "{'email':'out@example.org','first_name':'Otto'},"
            + "{'email':'long@example.org','last_name':'"
            + "x".repeat(51)
            + "'}";
    JsonNode done = client.finished(importRows(list, rows));
    JsonNode status = done.path("status");
    assertThat(status.path("items_total_count").asInt()).isEqualTo(5);
    assertThat(status.path("person_count").asInt()).isEqualTo(1);
    assertThat(status.path("correctable_count").asInt()).isEqualTo(1);
    assertThat(status.path("error_count").asInt()).isEqualTo(1);
    assertThat(status.path("cannot_add_to_list_count").asInt()).isEqualTo(1);
    assertThat(done.path("activity_errors").get(0).asText()).startsWith("Line 3: ");
    assertThat(done.path("activity_errors").get(1).asText()).startsWith("Line 5: ");
    assertThat(control.contact("ann@example.org")).isPresent();
    assertThat(control.contact("long@example.org")).isEmpty();
  }

  @Test
  void an_imported_contact_is_implicit_by_the_account() throws Exception {
    client.finished(importRows(client.list("Board"), "{'email':'Ann@Example.org'}"));
    JsonNode contact = client.get("/contacts?email=ann@example.org").json().at("/contacts/0");
    assertThat(contact.at("/email_address/permission_to_send").asText()).isEqualTo("implicit");
    assertThat(contact.at("/email_address/opt_in_source").asText()).isEqualTo("Account");
  }

  @Test
  void an_unsubscribed_contact_stays_so_and_joins_no_list() throws Exception {
    client.contact("out@example.org");
    control.unsubscribe("out@example.org", "enough");
    String row = "{'email':'out@example.org','last_name':'New'}";
    client.finished(importRows(client.list("Board"), row));
    Control.ContactView contact = control.contact("out@example.org").orElseThrow();
    assertThat(contact.lastName()).isEqualTo("New");
    assertThat(contact.permission()).isEqualTo("unsubscribed");
    assertThat(contact.lists()).isEmpty();
  }

  @Test
  void only_sent_properties_change_and_no_list_is_left() throws Exception {
    client.contact("ann@example.org", client.list("Old"));
    client.finished(
        importRows(client.list("New"), "{'email':'ann@example.org','last_name':'Lee'}"));
    Control.ContactView contact = control.contact("ann@example.org").orElseThrow();
    assertThat(contact.firstName()).isEqualTo("Ann");
    assertThat(contact.lastName()).isEqualTo("Lee");
    assertThat(contact.lists()).containsExactly("New", "Old");
  }

  @Test
  void an_import_that_changes_nothing_leaves_the_update_time() throws Exception {
    String list = client.list("Board");
    String row = "{'email':'ann@example.org','first_name':'Ann'}";
    client.finished(importRows(list, row));
    control.advanceClock(Duration.ofDays(1));
    client.finished(importRows(list, row));
    Control.ContactView contact = control.contact("ann@example.org").orElseThrow();
    assertThat(contact.updatedAt()).isEqualTo(contact.createdAt());
  }

  @Test
  void an_import_revives_a_deleted_contact() throws Exception {
    client.delete("/contacts/" + client.contact("ann@example.org"));
    client.finished(importRows(client.list("Board"), "{'email':'ann@example.org'}"));
    assertThat(control.contact("ann@example.org").orElseThrow().deleted()).isFalse();
  }

  @Test
  void the_last_of_two_rows_with_one_address_wins() throws Exception {
    String rows =
        "{'email':'ann@example.org','first_name':'One'},"
            + "{'email':'ANN@example.org','first_name':'Two'}";
    client.finished(importRows(client.list("Board"), rows));
    assertThat(control.contact("ann@example.org").orElseThrow().firstName()).isEqualTo("Two");
    assertThat(control.contactCount()).isEqualTo(1);
  }

  @Test
  void what_lies_behind_four_megabytes_is_dropped_without_an_error() throws Exception {
    String filler = "x".repeat(40);
    String rows =
        IntStream.range(0, 39_000)
            .mapToObj(
                i ->
                    String.format(
                        "{'email':'m%06d@example.org','first_name':'%s','last_name':'%s'}",
                        i, filler, filler))
            .collect(Collectors.joining(","));
    JsonNode done = client.finished(importRows(client.list("All"), rows));
    assertThat(done.path("activity_errors")).isEmpty();
    assertThat(control.contactCount()).isBetween(25_000, 38_999);
    assertThat(done.at("/status/items_total_count").asInt()).isEqualTo(control.contactCount() + 1);
  }

  @Test
  void lines_above_forty_thousand_are_ignored() throws Exception {
    String rows =
        IntStream.range(0, 40_500)
            .mapToObj(i -> "{'email':'m" + i + "@example.org'}")
            .collect(Collectors.joining(","));
    client.finished(importRows(client.list("All"), rows));
    assertThat(control.contactCount()).isEqualTo(39_999);
  }

  @Test
  void a_row_without_an_address_or_with_a_wrong_date_is_correctable() throws Exception {
    String rows =
        "{'first_name':'Ann'},{'email':'b@example.org','birthday_month':13,'birthday_day':1},"
            + "{'email':'c@example.org','anniversary':'soon'},{'email':'"
            + "x".repeat(40)
            + "@example.org'}";
    JsonNode done = client.finished(importRows(client.list("Board"), rows));
    assertThat(done.at("/status/correctable_count").asInt()).isEqualTo(4);
    assertThat(control.contactCount()).isZero();
  }

  @Test
  void an_unknown_custom_field_refuses_the_whole_import() {
    SandboxClient.Reply reply =
        importRows(client.list("Board"), "{'email':'a@example.org','cf:nothing':'x'}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorKey()).isEqualTo("contacts.api.validation.error");
    assertThat(reply.message()).contains("nothing");
  }

  @Test
  void a_known_custom_field_is_stored() throws Exception {
    client.post("/contact_custom_fields", "{'label':'Member Key','type':'string'}");
    client.finished(
        importRows(client.list("Board"), "{'email':'a@example.org','cf:member_key':'M-1'}"));
    assertThat(control.contact("a@example.org").orElseThrow().fields())
        .containsEntry("member_key", "M-1");
  }

  @Test
  void a_blank_text_leaves_the_field_as_it_is() throws Exception {
    client.contact("ann@example.org");
    client.finished(
        importRows(client.list("Board"), "{'email':'ann@example.org','first_name':''}"));
    assertThat(control.contact("ann@example.org").orElseThrow().firstName()).isEqualTo("Ann");
  }

  @Test
  void an_address_refused_by_order_is_an_error_of_its_row() throws Exception {
    control.refuseAddress("bad@example.org", "role address");
    JsonNode done =
        client.finished(
            importRows(
                client.list("Board"), "{'email':'bad@example.org'},{'email':'ok@example.org'}"));
    assertThat(done.path("activity_errors").get(0).asText()).isEqualTo("Line 2: role address");
    assertThat(control.contactCount()).isEqualTo(1);
  }

  @Test
  void fifty_lists_at_most_and_at_least_one() {
    String ids =
        IntStream.range(0, 51)
            .mapToObj(i -> "'" + client.list("L" + i) + "'")
            .collect(Collectors.joining(","));
    String data = "{'import_data':[{'email':'a@example.org'}],'list_ids':[";
    String path = "/activities/contacts_json_import";
    assertThat(client.post(path, data + ids + "]}").status()).isEqualTo(400);
    assertThat(client.post(path, data + "]}").status()).isEqualTo(400);
    assertThat(client.post(path, data + "'" + new java.util.UUID(1, 1) + "']}").status())
        .isEqualTo(400);
  }

  @Test
  void a_contact_cannot_be_on_more_than_fifty_lists() throws Exception {
    client.contact("ann@example.org");
    for (int i = 0; i < 50; i++) {
      control.addToList("ann@example.org", "L" + i);
    }
    JsonNode done =
        client.finished(importRows(client.list("One more"), "{'email':'ann@example.org'}"));
    assertThat(done.at("/status/error_count").asInt()).isEqualTo(1);
    assertThat(control.contact("ann@example.org").orElseThrow().lists()).hasSize(50);
  }

  @Test
  void effects_become_visible_in_portions() throws Exception {
    control.stopClock(true);
    control.options(
        control
            .options()
            .withJobs(
                new SandboxOptions.Jobs(
                    Duration.ofSeconds(10),
                    4,
                    Duration.ofSeconds(30),
                    4_000_000,
                    40_000,
                    1_000,
                    true,
                    false)));
    String rows =
        IntStream.range(0, 100)
            .mapToObj(i -> "{'email':'m" + i + "@example.org'}")
            .collect(Collectors.joining(","));
    SandboxClient.Reply accepted = importRows(client.list("All"), rows);
    control.advanceClock(Duration.ofSeconds(10));
    Eventually.equal(25, control::contactCount);
    String path = "/activities/" + accepted.json().path("activity_id").asText();
    assertThat(client.get(path).json().path("state").asText()).isEqualTo("completed");
    assertThat(client.get(path).json().at("/status/person_count").asInt()).isEqualTo(100);
    control.advanceClock(Duration.ofSeconds(10));
    Eventually.equal(50, control::contactCount);
    control.advanceClock(Duration.ofSeconds(20));
    Eventually.equal(100, control::contactCount);
  }

  @Test
  void a_file_import_takes_a_multipart_csv() throws Exception {
    String list = client.list("Board");
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"list_ids\"\r\n\r\n"
            + list
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n"
            + "email,first_name,last_name\r\nann@example.org,\"An\"\"n, B\",Lee\r\n\r\n--x--\r\n";
    SandboxClient.Reply accepted =
        client.send(
            client
                .to("/activities/contacts_file_import")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(body)));
    assertThat(accepted.status()).isEqualTo(201);
    client.finished(accepted);
    assertThat(control.contact("ann@example.org").orElseThrow().firstName()).isEqualTo("An\"n, B");
    assertThat(client.post("/activities/contacts_file_import", "{}").status()).isEqualTo(415);
  }
}
