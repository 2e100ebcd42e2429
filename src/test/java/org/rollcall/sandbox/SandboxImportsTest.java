package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxImportsTest {
  private Sandbox sandbox;
  private SandboxClient client;

  @BeforeEach
  void start() {
    sandbox =
        Sandbox.start(SandboxOptions.defaults().withLimits(0, 0).withJobDelay(Duration.ofHours(1)));
    client = new SandboxClient(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private SandboxClient.Reply submit(String list, String rows) {
    return client.post(
        "/activities/contacts_json_import",
        "{'import_data':[" + rows + "],'list_ids':['" + list + "']}");
  }

  @Test
  void an_import_is_queued_and_shows_nothing_before_its_end() {
    SandboxClient.Reply accepted = submit(client.list("Board"), "{'email':'ann@example.org'}");
    assertThat(accepted.status()).isEqualTo(201);
    assertThat(accepted.json().path("state").asText()).isEqualTo("initialized");
    assertThat(sandbox.control().contact("ann@example.org")).isEmpty();
  }

  @Test
  void the_counters_tell_rows_persons_errors_correctable_and_opted_out_apart() throws Exception {
    String list = client.list("Board");
    client.contact("out@example.org", list);
    sandbox.control().unsubscribe("out@example.org", "enough");
    String rows =
        "{'email':'ann@example.org','first_name':'Ann'},{'email':'not an address'},"
            + "{'email':'out@example.org','first_name':'Otto'},"
            + "{'email':'long@example.org','last_name':'"
            + "x".repeat(51)
            + "'}";
    JsonNode done = client.finished(submit(list, rows));
    assertThat(done.path("state").asText()).isEqualTo("completed");
    JsonNode status = done.path("status");
    assertThat(status.path("items_total_count").asInt()).isEqualTo(5);
    assertThat(status.path("person_count").asInt()).isEqualTo(1);
    assertThat(status.path("correctable_count").asInt()).isEqualTo(1);
    assertThat(status.path("error_count").asInt()).isEqualTo(1);
    assertThat(status.path("cannot_add_to_list_count").asInt()).isEqualTo(1);
    assertThat(done.path("activity_errors").get(0).asText()).startsWith("Line 3: ");
    assertThat(done.path("activity_errors").get(1).asText()).startsWith("Line 5: ");
  }
}
