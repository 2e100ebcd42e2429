package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxContactsTest extends SandboxTest {
  private Control.ContactView held(String address) {
    return control.contact(address).orElseThrow();
  }

  private SandboxClient.Reply put(String id, String address, String more) {
    return client.put(
        "/contacts/" + id,
        "{'email_address':{'address':'" + address + "'},'update_source':'Account'" + more + "}");
  }

  private SandboxClient.Reply signUp(String address, String list) {
    return client.post(
        "/contacts/sign_up_form",
        "{'email_address':'" + address + "','list_memberships':['" + list + "']}");
  }

  @Test
  void deleted_contacts_are_hidden_unless_asked_for_and_keep_their_address() {
    String list = client.list("Board");
    String id = client.contact("ann@example.org", list);
    SandboxClient.Reply deleted = client.delete("/contacts/" + id);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(client.get("/contacts").json().path("contacts")).isEmpty();
    JsonNode all = client.get("/contacts?status=all&include=list_memberships").json();
    assertThat(all.at("/contacts/0/deleted_at").asText()).isNotEmpty();
    assertThat(all.at("/contacts/0/list_memberships")).isEmpty();
    assertThat(client.get("/contacts?status=deleted").json().path("contacts")).hasSize(1);
    SandboxClient.Reply again =
        client.post(
            "/contacts",
            "{'email_address':{'address':'ann@example.org'},'create_source':'Account'}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.errorKey()).isEqualTo("contacts.api.conflict");
    assertThat(again.message()).endsWith("Email already exists for contact " + id);
  }

  @Test
  void addresses_are_unique_in_any_case_and_stored_in_lower_case() {
    client.contact("Ann@Example.org");
    assertThat(held("ann@example.org").address()).isEqualTo("ann@example.org");
    SandboxClient.Reply again =
        client.post(
            "/contacts",
            "{'email_address':{'address':'ANN@example.org'},'create_source':'Account'}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(client.get("/contacts?email=Ann@Example.org").json().path("contacts")).isEmpty();
    assertThat(client.get("/contacts?email=ann%40example.org").json().path("contacts")).hasSize(1);
    assertThat(client.get("/contacts?email=nobody@example.org").status()).isEqualTo(200);
  }

  @Test
  void the_source_of_a_change_is_required() {
    SandboxClient.Reply post = client.post("/contacts", "{'first_name':'Ann'}");
    assertThat(post.status()).isEqualTo(400);
    assertThat(post.message())
        .isEqualTo("create_source is missing, create_source does not have a valid value");
    String id = client.contact("ann@example.org");
    SandboxClient.Reply put = client.put("/contacts/" + id, "{'first_name':'Ann'}");
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.message())
        .isEqualTo("update_source is missing, update_source does not have a valid value");
  }

  @Test
  void a_first_name_with_a_period_is_refused_though_stored_ones_may_have_it() throws Exception {
    String list = client.list("Board");
    String body = "{'first_name':'T.J.','create_source':'Account'}";
    assertThat(client.post("/contacts", body).status()).isEqualTo(400);
    client.finished(importRows(list, "{'email':'tj@example.org','first_name':'T.J.'}"));
    assertThat(held("tj@example.org").firstName()).isEqualTo("T.J.");
    SandboxClient.Reply reply =
        put(held("tj@example.org").id(), "tj@example.org", ",'first_name':'T.J.'");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("first_name");
  }

  @Test
  void contacts_without_names_or_address_are_listed_without_these_keys() {
    control.createContact(null, List.of(), Control.Edit.name("Sue", "Smith"));
    control.createContact("bare@example.org", List.of(), Control.Edit.name("", ""));
    JsonNode contacts = client.get("/contacts").json().path("contacts");
    assertThat(contacts.get(0).has("email_address")).isFalse();
    assertThat(contacts.get(1).has("first_name")).isFalse();
    assertThat(contacts.get(1).has("last_name")).isFalse();
  }

  @Test
  void put_clears_omitted_core_fields_and_keeps_omitted_sub_resources() {
    String list = client.list("Board");
    String id = client.contact("ann@example.org", list);
    SandboxClient.Reply reply = put(id, "ann@example.org", ",'last_name':'Lee'");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(held("ann@example.org").firstName()).isNull();
    assertThat(held("ann@example.org").lastName()).isEqualTo("Lee");
    assertThat(held("ann@example.org").lists()).containsExactly("Board");
    put(id, "ann@example.org", ",'list_memberships':[]");
    assertThat(held("ann@example.org").lists()).isEmpty();
  }

  @Test
  void put_changes_the_address_of_the_same_contact_unless_it_is_taken() {
    String id = client.contact("old@example.org");
    client.contact("taken@example.org");
    assertThat(put(id, "taken@example.org", "").status()).isEqualTo(409);
    assertThat(put(id, "new@example.org", "").status()).isEqualTo(200);
    assertThat(control.contact("old@example.org")).isEmpty();
    assertThat(held("new@example.org").id()).isEqualTo(id);
    client.contact("old@example.org");
  }

  @Test
  void put_revives_a_deleted_contact_when_the_account_does_it() {
    String id = client.contact("ann@example.org");
    client.delete("/contacts/" + id);
    SandboxClient.Reply byContact = client.put("/contacts/" + id, "{'update_source':'Contact'}");
    assertThat(byContact.status()).isEqualTo(400);
    assertThat(put(id, "ann@example.org", "").status()).isEqualTo(200);
    assertThat(held("ann@example.org").deleted()).isFalse();
  }

  @Test
  void who_opted_out_himself_is_not_made_mailable_by_the_account() throws Exception {
    String list = client.list("Board");
    String id = client.contact("out@example.org", list);
    control.unsubscribe("out@example.org", "enough");
    String mailable =
        "{'email_address':{'address':'out@example.org','permission_to_send':'implicit'},"
            + "'update_source':'Account'}";
    assertThat(client.put("/contacts/" + id, mailable).status()).isEqualTo(400);
    String other = client.list("Other");
    SandboxClient.Reply joined =
        put(id, "out@example.org", ",'list_memberships':['" + other + "']");
    assertThat(joined.status()).isEqualTo(200);
    client.finished(
        client.post(
            "/activities/add_list_memberships",
            "{'source':{'contact_ids':['" + id + "']},'list_ids':['" + list + "']}"));
    assertThat(held("out@example.org").permission()).isEqualTo("unsubscribed");
    assertThat(held("out@example.org").lists()).doesNotContain("Board");
  }

  @Test
  void joining_after_an_opt_out_may_be_refused_by_a_switch() {
    SandboxOptions.Rules now = control.options().rules();
    control.options(
        control
            .options()
            .withRules(
                new SandboxOptions.Rules(
                    now.refusePeriodInFirstName(),
                    now.clipLimit(),
                    now.listPageMaximum(),
                    409,
                    now.confirmedOptIn(),
                    now.dropRowAtPageBorder(),
                    now.lowerCaseFieldNames())));
    String id = client.contact("out@example.org");
    control.unsubscribe("out@example.org", "enough");
    String more = ",'list_memberships':['" + client.list("Board") + "']";
    assertThat(put(id, "out@example.org", more).status()).isEqualTo(409);
  }

  @Test
  void an_opt_out_by_put_carries_source_time_and_reason() {
    String id = client.contact("ann@example.org");
    client.put(
        "/contacts/" + id,
        "{'email_address':{'address':'ann@example.org','permission_to_send':'unsubscribed',"
            + "'opt_out_reason':'asked by phone'},'update_source':'Contact'}");
    JsonNode address = client.get("/contacts/" + id).json().path("email_address");
    assertThat(address.path("permission_to_send").asText()).isEqualTo("unsubscribed");
    assertThat(address.path("opt_out_source").asText()).isEqualTo("Contact");
    assertThat(address.path("opt_out_reason").asText()).isEqualTo("asked by phone");
    assertThat(address.path("opt_out_date").asText()).endsWith("Z");
  }

  @Test
  void the_sign_up_form_appends_revives_and_makes_even_the_opted_out_explicit() {
    String first = client.list("First");
    String second = client.list("Second");
    String id = client.contact("out@example.org", first);
    control.unsubscribe("out@example.org", "enough");
    SandboxClient.Reply updated = signUp("out@example.org", second);
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json().path("action").asText()).isEqualTo("updated");
    assertThat(updated.json().path("contact_id").asText()).isEqualTo(id);
    assertThat(held("out@example.org").permission()).isEqualTo("explicit");
    assertThat(held("out@example.org").lists()).containsExactly("First", "Second");
    assertThat(held("out@example.org").firstName()).isEqualTo("Ann");
    assertThat(signUp("new@example.org", first).status()).isEqualTo(201);
    assertThat(signUp("x".repeat(40) + "@example.org", first).status()).isEqualTo(400);
  }

  @Test
  void with_confirmed_opt_in_a_new_sign_up_waits_for_its_click() {
    SandboxOptions.Rules now = control.options().rules();
    control.options(
        control
            .options()
            .withRules(
                new SandboxOptions.Rules(
                    true, false, 1_000, 0, true, false, now.lowerCaseFieldNames())));
    signUp("new@example.org", client.list("Board"));
    assertThat(held("new@example.org").permission()).isEqualTo("pending_confirmation");
    control.confirmOptIn("new@example.org");
    assertThat(held("new@example.org").permission()).isEqualTo("explicit");
  }

  @Test
  void a_resubscription_works_once_and_only_after_the_click() {
    String list = client.list("Board");
    String id = client.contact("out@example.org");
    String path = "/contacts/resubscribe/" + id;
    String body = "{'list_ids':['" + list + "']}";
    assertThat(client.put(path, body).status()).isEqualTo(409);
    control.unsubscribe("out@example.org", "enough");
    assertThat(client.put(path, "{}").status()).isEqualTo(400);
    assertThat(client.put(path, body).status()).isEqualTo(200);
    assertThat(client.put(path, body).status()).isEqualTo(409);
    assertThat(held("out@example.org").permission()).isEqualTo("unsubscribed");
    assertThat(control.confirmResubscribe("out@example.org")).isTrue();
    assertThat(held("out@example.org").permission()).isEqualTo("explicit");
    assertThat(held("out@example.org").lists()).containsExactly("Board");
    assertThat(control.confirmResubscribe("out@example.org")).isFalse();
  }

  @Test
  void sub_resources_come_only_when_included() {
    String id = client.contact("ann@example.org", client.list("Board"));
    JsonNode bare = client.get("/contacts/" + id).json();
    assertThat(bare.has("list_memberships")).isFalse();
    assertThat(bare.has("custom_fields")).isFalse();
    JsonNode full =
        client.get("/contacts/" + id + "?include=list_memberships,custom_fields,notes").json();
    assertThat(full.path("list_memberships")).hasSize(1);
    assertThat(full.path("custom_fields").isArray()).isTrue();
    assertThat(client.get("/contacts?include=everything").status()).isEqualTo(400);
  }

  @Test
  void two_simultaneous_writes_to_one_contact_conflict() {
    String id = client.contact("ann@example.org");
    control.addFault(
        Fault.of("PUT", "/v3/contacts/*", Fault.Effect.DELAY).withDelay(Duration.ofMillis(500)));
    CompletableFuture<Integer> slow =
        CompletableFuture.supplyAsync(() -> put(id, "ann@example.org", "").status());
    Eventually.equal(0, () -> control.pendingFaults().size());
    Eventually.equal(409, () -> put(id, "ann@example.org", "").status());
    assertThat(slow.join()).isEqualTo(200);
  }

  @Test
  void lists_select_members_of_any_of_them() {
    String board = client.list("Board");
    String staff = client.list("Staff");
    client.contact("a@example.org", board);
    client.contact("b@example.org", staff);
    client.contact("c@example.org");
    client.contact("d@example.org", board, staff);
    assertThat(client.all("/contacts?limit=1&lists=" + board + "," + staff, "contacts"))
        .extracting(each -> each.at("/email_address/address").asText())
        .containsExactly("a@example.org", "b@example.org", "d@example.org");
    String many = IntStream.range(0, 26).mapToObj(i -> board).collect(Collectors.joining(","));
    assertThat(client.get("/contacts?lists=" + many).status()).isEqualTo(400);
  }

  @Test
  void updates_and_opt_outs_are_found_by_their_time() {
    control.stopClock(true);
    control.setClock(Instant.parse("2026-11-21T10:00:00Z"));
    client.contact("a@example.org");
    client.contact("b@example.org");
    control.setClock(Instant.parse("2026-11-21T11:00:00Z"));
    control.unsubscribe("b@example.org", "enough");
    assertThat(client.all("/contacts?updated_after=2026-11-21T10:30:00Z", "contacts")).hasSize(1);
    assertThat(client.all("/contacts?updated_after=2026-11-21T05:30:00-05:00", "contacts"))
        .hasSize(1);
    assertThat(
            client.all(
                "/contacts?status=unsubscribed&optout_after=2026-11-21T10:59:59Z", "contacts"))
        .hasSize(1);
    assertThat(
            client.all(
                "/contacts?status=unsubscribed&optout_after=2026-11-21T11:00:00Z", "contacts"))
        .isEmpty();
    assertThat(client.get("/contacts?updated_after=yesterday").status()).isEqualTo(400);
  }

  @Test
  void counts_are_by_permission() {
    client.contact("a@example.org");
    client.contact("b@example.org");
    control.unsubscribe("b@example.org", "enough");
    JsonNode counts = client.get("/contacts/counts?include=new_subscriber").json();
    assertThat(counts.path("total").asInt()).isEqualTo(2);
    assertThat(counts.path("implicit").asInt()).isEqualTo(1);
    assertThat(counts.path("unsubscribed").asInt()).isEqualTo(1);
    assertThat(counts.path("new_subscriber").asInt()).isEqualTo(1);
  }
}
