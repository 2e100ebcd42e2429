package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxListsTest extends SandboxTest {
  private SandboxClient.Reply remove(String source, String lists) {
    return client.post(
        "/activities/remove_list_memberships",
        "{'source':" + source + ",'list_ids':[" + lists + "]}");
  }

  private static String ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'" + new java.util.UUID(i, 1) + "'")
        .collect(Collectors.joining(","));
  }

  private List<String> lists(String address) {
    return control.contact(address).orElseThrow().lists();
  }

  @Test
  void names_are_unique() {
    client.list("Board");
    SandboxClient.Reply again = client.post("/contact_lists", "{'name':'Board'}");
    assertThat(again.status()).isEqualTo(409);
    String other = client.list("Staff");
    assertThat(client.put("/contact_lists/" + other, "{'name':'Board'}").status()).isEqualTo(409);
    assertThat(client.put("/contact_lists/" + other, "{'name':'Staff'}").status()).isEqualTo(200);
    assertThat(client.get("/contact_lists?name=Board").json().path("lists")).hasSize(1);
  }

  @Test
  void an_account_has_a_thousand_lists_at_most() {
    for (int i = 0; i < 1_000; i++) {
      control.createList("L" + i);
    }
    assertThat(client.post("/contact_lists", "{'name':'One more'}").status()).isEqualTo(400);
    assertThat(client.all("/contact_lists?limit=300", "lists")).hasSize(1_000);
  }

  @Test
  void a_deletion_takes_time_keeps_the_contacts_and_frees_the_name() throws Exception {
    String id = client.list("Board");
    client.contact("ann@example.org", id);
    SandboxClient.Reply accepted = client.delete("/contact_lists/" + id);
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.raw().headers().firstValue("Location").orElseThrow())
        .isEqualTo(accepted.json().at("/_links/self/href").asText());
    assertThat(client.get("/contact_lists/" + id).status()).isEqualTo(200);
    assertThat(client.post("/contact_lists", "{'name':'Board'}").status()).isEqualTo(409);
    assertThat(client.finished(accepted).path("state").asText()).isEqualTo("completed");
    assertThat(client.get("/contact_lists/" + id).status()).isEqualTo(404);
    assertThat(client.get("/contact_lists").json().path("lists")).isEmpty();
    JsonNode deleted = client.get("/contact_lists?status=deleted").json().at("/lists/0");
    assertThat(deleted.path("deleted_at").asText()).isNotEmpty();
    assertThat(lists("ann@example.org")).isEmpty();
    assertThat(client.post("/contact_lists", "{'name':'Board'}").status()).isEqualTo(201);
  }

  @Test
  void counts_come_only_when_asked_for() {
    String id = client.list("Board");
    client.contact("a@example.org", id);
    client.contact("b@example.org", id);
    control.unsubscribe("b@example.org", "enough");
    JsonNode bare = client.get("/contact_lists").json();
    assertThat(bare.has("lists_count")).isFalse();
    assertThat(bare.at("/lists/0").has("membership_count")).isFalse();
    JsonNode counted =
        client.get("/contact_lists?include_count=true&include_membership_count=all").json();
    assertThat(counted.path("lists_count").asInt()).isEqualTo(1);
    assertThat(counted.at("/lists/0/membership_count").asInt()).isEqualTo(2);
    JsonNode one = client.get("/contact_lists/" + id + "?include_membership_count=active").json();
    assertThat(one.path("membership_count").asInt()).isEqualTo(1);
    assertThat(client.get("/contact_lists?include_membership_count=some").status()).isEqualTo(400);
  }

  @Test
  void members_are_removed_by_a_job_only_from_the_named_lists() throws Exception {
    String board = client.list("Board");
    String id = client.contact("a@example.org", board, client.list("Staff"));
    SandboxClient.Reply accepted = remove("{'contact_ids':['" + id + "']}", "'" + board + "'");
    assertThat(accepted.status()).isEqualTo(201);
    assertThat(lists("a@example.org")).containsExactly("Board", "Staff");
    JsonNode done = client.finished(accepted);
    assertThat(done.at("/status/items_completed_count").asInt()).isEqualTo(1);
    assertThat(done.at("/status/list_count").asInt()).isEqualTo(1);
    assertThat(lists("a@example.org")).containsExactly("Staff");
  }

  @Test
  void a_change_of_membership_is_a_change_of_the_contact() throws Exception {
    String board = client.list("Board");
    String id = client.contact("a@example.org", board);
    client.contact("b@example.org", board);
    control.advanceClock(Duration.ofHours(12));
    client.finished(remove("{'contact_ids':['" + id + "']}", "'" + board + "'"));
    Control.ContactView changed = control.contact("a@example.org").orElseThrow();
    Control.ContactView other = control.contact("b@example.org").orElseThrow();
    assertThat(changed.updatedAt()).isAfter(changed.createdAt().plus(Duration.ofHours(11)));
    assertThat(other.updatedAt()).isEqualTo(other.createdAt());
  }

  @Test
  void whole_lists_may_be_moved_with_exceptions() throws Exception {
    String from = client.list("From");
    String to = client.list("To");
    client.contact("a@example.org", from);
    String kept = client.contact("b@example.org", from);
    client.finished(
        client.post(
            "/activities/add_list_memberships",
            "{'source':{'list_ids':['"
                + from
                + "']},'exclude':{'contact_ids':['"
                + kept
                + "']},'list_ids':['"
                + to
                + "']}"));
    assertThat(lists("a@example.org")).containsExactly("From", "To");
    assertThat(lists("b@example.org")).containsExactly("From");
  }

  @Test
  void jobs_refuse_too_much_and_two_sources_at_once() {
    String list = "'" + client.list("Board") + "'";
    String contact = "'" + client.contact("a@example.org") + "'";
    assertThat(remove("{'contact_ids':[" + ids(501) + "]}", list).status()).isEqualTo(400);
    assertThat(remove("{'contact_ids':[" + ids(500) + "]}", list).status()).isEqualTo(201);
    assertThat(remove("{'list_ids':[" + ids(51) + "]}", list).status()).isEqualTo(400);
    assertThat(remove("{}", list).status()).isEqualTo(400);
    assertThat(remove("{'contact_ids':['12']}", list).status()).isEqualTo(400);
    String both = "{'contact_ids':[" + contact + "],'list_ids':[" + list + "]}";
    assertThat(remove(both, list).status()).isEqualTo(400);
    assertThat(remove("{'contact_ids':[" + contact + "]}", ids(51)).status()).isEqualTo(400);
    assertThat(remove("{'contact_ids':[" + contact + "]}", ids(1)).status()).isEqualTo(400);
    String delete = "/activities/contact_delete";
    assertThat(client.post(delete, "{'contact_ids':[" + ids(501) + "]}").status()).isEqualTo(400);
    assertThat(client.post("/activities/list_delete", "{'list_ids':[" + ids(101) + "]}").status())
        .isEqualTo(400);
  }

  @Test
  void contacts_are_deleted_by_a_job() throws Exception {
    String id = client.contact("a@example.org");
    client.finished(client.post("/activities/contact_delete", "{'contact_ids':['" + id + "']}"));
    assertThat(control.contact("a@example.org").orElseThrow().deleted()).isTrue();
  }

  @Test
  void jobs_vanish_after_ten_days() {
    SandboxClient.Reply accepted = importRows(client.list("Board"), "{'email':'a@example.org'}");
    String path = "/activities/" + accepted.json().path("activity_id").asText();
    control.advanceClock(Duration.ofDays(9));
    assertThat(client.get(path).status()).isEqualTo(401);
    client.token = control.issueAccessToken();
    assertThat(client.get(path).status()).isEqualTo(200);
    assertThat(client.get("/activities").json().path("activities")).hasSize(1);
    control.advanceClock(Duration.ofDays(2));
    client.token = control.issueAccessToken();
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.get("/activities").json().path("activities")).isEmpty();
  }

  @Test
  void an_export_is_a_csv_that_exists_only_when_its_job_is_done() throws Exception {
    String list = client.list("Board");
    client.contact("a@example.org", list);
    SandboxClient.Reply accepted =
        client.post("/activities/contact_exports", "{'list_ids':['" + list + "']}");
    assertThat(accepted.json().path("_links").has("results")).isFalse();
    String id = accepted.json().path("activity_id").asText();
    assertThat(client.get("/contact_exports/" + id).status()).isEqualTo(404);
    String href = client.finished(accepted).at("/_links/results/href").asText();
    SandboxClient.Reply file = client.follow(href);
    assertThat(file.raw().headers().firstValue("Content-Type")).contains("text/csv");
    assertThat(file.body().lines()).hasSize(2).last().asString().contains("a@example.org");
  }
}
