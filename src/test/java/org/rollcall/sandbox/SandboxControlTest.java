package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxControlTest extends SandboxTest {
  private SandboxClient.Reply call(String method, String path, String json) {
    return client.send(
        HttpRequest.newBuilder(URI.create(sandbox.apiUrl().resolve("/sandbox") + path))
            .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  private SandboxClient.Reply page(String path) {
    return client.send(HttpRequest.newBuilder(sandbox.apiUrl().resolve(path)).GET());
  }

  @Test
  void the_clock_can_be_moved_and_stopped() {
    call("PUT", "/clock", "{'stopped':true,'now':'2026-01-01T00:00:00Z','advance':'PT1H'}");
    assertThat(control.now()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
    assertThat(call("GET", "/clock", "").json().path("now").asText())
        .isEqualTo("2026-01-01T01:00:00Z");
    assertThat(call("PUT", "/clock", "{'now':'noon'}").status()).isEqualTo(400);
  }

  @Test
  void a_fault_can_be_ordered_seen_and_cleared() {
    String fault = "{'method':'GET','path':'/v3/contact_lists','effect':'STATUS','status':503}";
    assertThat(call("POST", "/faults", fault).status()).isEqualTo(204);
    assertThat(call("GET", "/faults", "").json().at("/0/times").asInt()).isEqualTo(1);
    assertThat(client.get("/contact_lists").status()).isEqualTo(503);
    call("POST", "/faults", fault);
    call("DELETE", "/faults", "");
    assertThat(client.get("/contact_lists").status()).isEqualTo(200);
    assertThat(call("POST", "/faults", "{'path':'*','effect':'NONSENSE'}").status()).isEqualTo(400);
  }

  @Test
  void staff_and_contacts_can_be_played() {
    call("POST", "/contacts", "{'address':'a@example.org','lists':['Board'],'first_name':'Ann'}");
    call("POST", "/memberships", "{'address':'a@example.org','list':'Staff'}");
    call("DELETE", "/memberships?address=a@example.org&list=Board", "");
    call("PUT", "/contacts", "{'address':'a@example.org','last_name':'Lee'}");
    call("POST", "/unsubscribe", "{'address':'a@example.org','by':'Contact'}");
    SandboxClient.Reply contact = call("GET", "/contacts?address=a@example.org", "");
    assertThat(contact.json().path("lists")).hasSize(1);
    assertThat(contact.json().at("/lists/0").asText()).isEqualTo("Staff");
    assertThat(contact.json().path("lastName").asText()).isEqualTo("Lee");
    assertThat(contact.json().path("optOutSource").asText()).isEqualTo("Contact");
    call("PUT", "/lists", "{'name':'Staff','newName':'Team'}");
    assertThat(call("GET", "/lists", "").json().at("/1/name").asText()).isEqualTo("Team");
    assertThat(call("DELETE", "/lists?name=Team", "").status()).isEqualTo(204);
    assertThat(call("DELETE", "/contacts?address=a@example.org", "").status()).isEqualTo(204);
    assertThat(call("DELETE", "/contacts?address=b@example.org", "").status()).isEqualTo(404);
  }

  @Test
  void the_whole_state_can_be_loaded_and_dumped() {
    String lines =
        "{'address':'a@example.org','permission':'implicit','lists':['Board','Staff'],"
            + "'first_name':'Ann','fields':{'key':'1'}}\n"
            + "{'address':'b@example.org','permission':'unsubscribed','lists':[],'fields':{}}\n";
    assertThat(call("POST", "/contacts.ndjson", lines).json().path("loaded").asInt()).isEqualTo(2);
    assertThat(call("GET", "/contacts.ndjson", "").body()).isEqualTo(lines.replace('\'', '"'));
  }

  @Test
  void limits_and_options_can_be_changed_while_it_runs() {
    call("PUT", "/limits", "{'requestsPerSecond':0,'requestsPerDay':100,'usedToday':99}");
    assertThat(client.get("/contact_lists").status()).isEqualTo(200);
    assertThat(client.get("/contact_lists").status()).isEqualTo(429);
    call(
        "PATCH", "/options", "{'rules':{'refusePeriodInFirstName':false},'jobs':{'delay':'PT9S'}}");
    assertThat(control.options().rules().refusePeriodInFirstName()).isFalse();
    assertThat(control.options().jobs().delay()).isEqualTo(java.time.Duration.ofSeconds(9));
    assertThat(control.options().rules().listPageMaximum()).isEqualTo(1_000);
    assertThat(call("PATCH", "/options", "{'speed':9}").status()).isEqualTo(400);
    assertThat(call("GET", "/options", "").body()).doesNotContain("sandbox-secret");
  }

  @Test
  void the_journal_tells_who_did_what_and_how_it_ended() {
    client.get("/contact_lists?limit=7");
    client.token = "unknown";
    client.get("/contact_lists");
    List<JournalEntry> journal = control.journal();
    assertThat(journal)
        .extracting(JournalEntry::decision)
        .containsExactly("accepted", "unauthorized");
    assertThat(journal.get(0).path()).isEqualTo("/v3/contact_lists?limit=7");
    assertThat(journal.get(0).clientId()).isEqualTo("sandbox-client");
    assertThat(call("GET", "/journal?tail=1", "").json()).hasSize(1);
    call("DELETE", "/journal", "");
    assertThat(control.journal()).isEmpty();
  }

  @Test
  void a_reset_forgets_everything_and_old_ids_too() {
    String id = client.contact("a@example.org");
    call("POST", "/reset", "");
    assertThat(client.get("/contacts").status()).isEqualTo(401);
    client.token = control.issueAccessToken();
    assertThat(client.get("/contacts?status=all").json().path("contacts")).isEmpty();
    client.contact("a@example.org");
    assertThat(client.get("/contacts/" + id).status()).isEqualTo(404);
  }

  @Test
  void accounts_of_one_client_are_separate() {
    SandboxClient other = new SandboxClient(sandbox);
    other.token = control.account("second").issueAccessToken();
    other.contact("a@example.org");
    assertThat(control.contactCount()).isZero();
    assertThat(control.account("second").contactCount()).isEqualTo(1);
    assertThat(client.get("/account/summary").json().path("encoded_account_id"))
        .isNotEqualTo(other.get("/account/summary").json().path("encoded_account_id"));
  }

  @Test
  void the_page_shows_the_state_and_escapes_hostile_names() {
    String hostile = "<img src=x onerror=alert(1)>";
    control.createContact("a@example.org", List.of(hostile), Control.Edit.name(hostile, "\"'&"));
    client.get("/contact_lists?name=%3Cscript%3E");
    importRows(client.list("Plain"), "{'email':'b@example.org'}");
    for (String path :
        List.of(
            "/",
            "/contact?address=a@example.org",
            "/contact?address=%3Cscript%3E",
            "/list?name=%3Cimg%20src=x%20onerror=alert(1)%3E")) {
      assertThat(page(path).body())
          .as(path)
          .startsWith("<!doctype html>")
          .doesNotContain("<img")
          .doesNotContain("<script");
    }
    assertThat(page("/").body()).contains("&lt;img", "stand-in", "import");
    assertThat(page("/contact?address=a@example.org").status()).isEqualTo(200);
    assertThat(page("/contact?address=b@example.org").status()).isEqualTo(404);
    assertThat(page("/nothing").status()).isEqualTo(404);
  }

  @Test
  void the_start_text_can_be_pasted_into_the_settings() throws Exception {
    java.util.Properties settings = new java.util.Properties();
    settings.load(new java.io.StringReader(sandbox.startText().replaceFirst(".*\n", "")));
    assertThat(settings.getProperty("rollcall.accounts.main.api-url"))
        .isEqualTo(sandbox.apiUrl().toString())
        .startsWith("http://127.0.0.1:")
        .endsWith("/v3");
    assertThat(control.livingRefreshTokens())
        .contains(settings.getProperty("rollcall.accounts.main.refresh-token"));
  }
}
