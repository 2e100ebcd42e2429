package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.SandboxOptions.Reports;

class SandboxReportsTest extends SandboxTest {
  private static final String SUMMARIES = "/reports/summary_reports/email_campaign_summaries";

  private String sent(int contacts) {
    for (int i = 0; i < contacts; i++) {
      control.createContact(
          "c" + i + "@example.org", List.of("Board"), Edit.name("Ann", "Ash " + i));
    }
    return control.campaigns().send("News", List.of("Board"), 7);
  }

  /** Tokens do not live that long. */
  private void passes(Duration time) {
    control.advanceClock(time);
    client.token = control.issueAccessToken();
  }

  private String mailing(String campaign) {
    return client
        .get("/emails/" + campaign)
        .json()
        .at("/campaign_activities/0/campaign_activity_id")
        .asText();
  }

  private List<JsonNode> rows(String mailing, String kind, int limit) {
    List<JsonNode> rows = new ArrayList<>();
    String path = "/v3/reports/email_reports/" + mailing + "/tracking/" + kind + "?limit=" + limit;
    String next = path;
    while (next != null) {
      JsonNode page = client.follow(next).json();
      page.path("tracking_activities").forEach(rows::add);
      next = page.path("_links").path("next").path("href").asText(null);
    }
    return rows;
  }

  @Test
  void what_people_do_comes_with_time_and_adds_up_in_the_summary() {
    String campaign = sent(800);
    passes(Duration.ofDays(30));
    String mailing = mailing(campaign);
    JsonNode counts =
        client.get(SUMMARIES).json().at("/bulk_email_campaign_summaries/0/unique_counts");
    assertThat(counts.path("sends").asInt()).isEqualTo(800);
    for (String kind : List.of("sends", "opens", "clicks", "bounces", "optouts")) {
      List<JsonNode> rows = rows(mailing, kind, 100);
      Set<String> contacts = new HashSet<>();
      rows.forEach(row -> contacts.add(row.path("contact_id").asText()));
      assertThat(contacts).as(kind).hasSize(counts.path(kind).asInt()).isNotEmpty();
      assertThat(rows)
          .extracting(row -> row.path("created_time").asText())
          .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }
    assertThat(rows(mailing, "opens", 500).size()).isGreaterThan(counts.path("opens").asInt());
    JsonNode stats =
        client.get("/reports/stats/email_campaigns/" + campaign).json().at("/results/0/stats");
    assertThat(stats.path("em_opens_all").asInt()).isEqualTo(rows(mailing, "opens", 500).size());
  }

  @Test
  void who_opted_out_by_a_mailing_is_unsubscribed_then() {
    String campaign = sent(800);
    passes(Duration.ofDays(30));
    List<JsonNode> optOuts = rows(mailing(campaign), "optouts", 500);
    assertThat(optOuts).isNotEmpty();
    for (JsonNode row : optOuts) {
      Control.ContactView contact =
          control.contact(row.path("email_address").asText()).orElseThrow();
      assertThat(contact.permission()).isEqualTo("unsubscribed");
      assertThat(contact.optOutSource()).isEqualTo("Contact");
    }
  }

  @Test
  void few_links_get_most_of_the_clicks() {
    String campaign = sent(3_000);
    passes(Duration.ofDays(30));
    JsonNode links = client.get("/reports/email_reports/" + mailing(campaign) + "/links").json();
    List<Integer> clicks = new ArrayList<>();
    links.path("link_click_counts").forEach(link -> clicks.add(link.path("unique_clicks").asInt()));
    int whole = clicks.stream().mapToInt(Integer::intValue).sum();
    assertThat(clicks.get(0)).isGreaterThan(whole / 3);
    assertThat(clicks.get(0)).isGreaterThan(clicks.get(clicks.size() - 1) * 2);
  }

  @Test
  void what_is_known_late_stands_below_what_was_known_before() {
    String campaign = sent(5);
    control.stopClock(true);
    passes(Duration.ofDays(10));
    String mailing = mailing(campaign);
    control.campaigns().happens(campaign, "forwards", "c1@example.org", control.now(), null, null);
    int before = rows(mailing, "forwards", 500).size();
    control
        .campaigns()
        .happens(
            campaign,
            "forwards",
            "c2@example.org",
            control.now().minus(Duration.ofDays(3)),
            null,
            null);
    List<JsonNode> rows = rows(mailing, "forwards", 500);
    assertThat(rows).hasSize(before + 1);
    assertThat(rows.get(0).path("email_address").asText()).isEqualTo("c1@example.org");
    assertThat(rows.get(1).path("email_address").asText()).isEqualTo("c2@example.org");
  }

  @Test
  void pages_shift_while_they_are_read_when_that_is_wanted() {
    control.options(control.options().withReports(new Reports(true, false, Duration.ZERO)));
    String campaign = sent(20);
    passes(Duration.ofDays(10));
    String path = "/reports/email_reports/" + mailing(campaign) + "/tracking/sends?limit=10";
    JsonNode first = client.get(path).json();
    control.campaigns().happens(campaign, "sends", "c1@example.org", control.now(), null, null);
    JsonNode second = client.follow(first.at("/_links/next/href").asText()).json();
    assertThat(second.at("/tracking_activities/0")).isEqualTo(first.at("/tracking_activities/9"));
  }

  @Test
  void the_last_page_ends_in_all_the_ways_that_are_known() {
    Set<String> ends = new HashSet<>();
    String campaign = sent(1);
    passes(Duration.ofDays(10));
    String mailing = mailing(campaign);
    for (EventKind kind : EventKind.values()) {
      for (String other : List.of(kind.path(), "unique_opens", "didnotopens")) {
        JsonNode page =
            client.get("/reports/email_reports/" + mailing + "/tracking/" + other).json();
        ends.add(page.has("_links") ? page.path("_links").toString() : "absent");
      }
    }
    assertThat(ends).hasSizeGreaterThan(1);
    assertThat(ends).allMatch(end -> !end.contains("cursor"));
  }

  @Test
  void reports_know_no_drafts_and_a_malformed_id_spoils_all_counts() {
    String campaign = sent(1);
    String draft = control.campaigns().draft("Not yet");
    assertThat(client.get(SUMMARIES).json().path("bulk_email_campaign_summaries")).hasSize(1);
    assertThat(client.get("/reports/email_reports/" + mailing(draft) + "/tracking/sends").status())
        .isEqualTo(404);
    JsonNode stats =
        client.get("/reports/stats/email_campaigns/" + campaign + "," + new UUID(1, 1)).json();
    assertThat(stats.path("results")).hasSize(1);
    assertThat(stats.path("errors")).hasSize(1);
    assertThat(client.get("/reports/stats/email_campaigns/" + campaign + ",nonsense").status())
        .isEqualTo(404);
    assertThat(client.get("/emails").json().path("campaigns")).hasSize(2);
  }

  @Test
  void a_deleted_contact_stays_in_the_reports_with_its_date() {
    String campaign = sent(1);
    passes(Duration.ofDays(1));
    control.deleteContact("c0@example.org");
    JsonNode row = rows(mailing(campaign), "sends", 500).get(0);
    assertThat(row.path("deleted_at").asText()).hasSize(10);
  }

  private String details(String campaign) {
    passes(Duration.ofDays(10));
    String id = rows(mailing(campaign), "sends", 500).get(0).path("contact_id").asText();
    return "/reports/contact_reports/" + id + "/activity_details";
  }

  @Test
  void a_contact_report_needs_its_kinds_named_one_way_and_every_value_valid() {
    String path = details(sent(1));
    for (String wrong :
        List.of(
            "",
            "?tracking_activities_list=em_sends&tracking_activity_type=em_opens",
            "?tracking_activities_list=",
            "?tracking_activities_list=em_sends,",
            "?tracking_activities_list=em_sends,em_smiles",
            "?tracking_activities_list=sends",
            "?tracking_activity_type=em_sends,em_opens",
            "?tracking_activity_type=em_sends&tracking_activity_type=em_smiles",
            "?tracking_activity_type=em_sends&limit=0",
            "?tracking_activity_type=em_sends&limit=101",
            "?tracking_activity_type=em_sends&limit=many",
            "?tracking_activity_type=em_sends&include_campaign_activity_names=maybe",
            "?tracking_activity_type=em_sends&cursor=nonsense")) {
      assertThat(client.get(path + wrong).status()).as(wrong).isEqualTo(400);
    }
    for (String right :
        List.of(
            "?tracking_activities_list=em_sends,em_opens,em_clicks,em_bounces,em_optouts,em_forwards",
            "?tracking_activity_type=em_sends&tracking_activity_type=p_contact_open",
            "?tracking_activities_list=em_sends&limit=1",
            "?tracking_activities_list=em_sends&limit=100")) {
      assertThat(client.get(path + right).status()).as(right).isEqualTo(200);
    }
  }

  @Test
  void a_contact_report_knows_no_unknown_contact_and_needs_scope_and_right() {
    String all = "?tracking_activities_list=em_sends";
    String path = details(sent(1));
    String base = "/reports/contact_reports/";
    assertThat(client.get(base + new UUID(1, 1) + "/activity_details" + all).status())
        .isEqualTo(404);
    assertThat(client.get(base + "nonsense/activity_details" + all).status()).isEqualTo(404);
    control.deleteContact("c0@example.org");
    assertThat(client.get(path + all).status()).as("a deleted contact").isEqualTo(200);
    client.token = control.issueAccessToken("campaign_data");
    assertThat(client.get(path + all).status()).isEqualTo(403);
    client.token = control.issueAccessToken("contact_data");
    assertThat(client.get(path + all).status()).isEqualTo(200);
    control.withholdPrivileges(Set.of("ui:campaign:metrics"));
    assertThat(client.get(path + all).status()).isEqualTo(403);
  }

  @Test
  void a_contact_report_tells_everything_the_contact_did_the_newest_first_page_by_page() {
    String campaign = sent(2);
    control.createContact("other@example.org", List.of(), Edit.name("Eve", "Elm"));
    control.stopClock(true);
    for (int hour = 1; hour <= 5; hour++) {
      control
          .campaigns()
          .happens(
              campaign,
              hour % 2 == 0 ? "opens" : "clicks",
              "other@example.org",
              control.now().minus(Duration.ofHours(hour)),
              hour % 2 == 0 ? null : 0,
              null);
    }
    String id = control.contact("other@example.org").orElseThrow().id();
    String path = "/reports/contact_reports/" + id + "/activity_details";
    List<JsonNode> rows = new ArrayList<>();
    int pages = 0;
    String next = "/v3" + path + "?tracking_activities_list=em_opens,em_clicks&limit=2";
    while (next != null) {
      JsonNode page = client.follow(next).json();
      page.path("tracking_activities").forEach(rows::add);
      next = page.path("_links").path("next").path("href").asText(null);
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(rows)
        .hasSize(5)
        .extracting(row -> row.path("created_time").asText())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    List<String> names = new ArrayList<>();
    rows.get(0).fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "contact_id",
            "campaign_activity_id",
            "created_time",
            "tracking_activity_type",
            "campaign_activity_name");
    assertThat(rows.get(0).path("tracking_activity_type").asText()).isEqualTo("em_clicks");
    assertThat(rows.get(0).path("campaign_activity_name").asText()).isEqualTo("News");
    assertThat(rows).allMatch(row -> row.path("contact_id").asText().equals(id));
    JsonNode nameless =
        client
            .get(path + "?tracking_activity_type=em_opens&include_campaign_activity_names=false")
            .json();
    assertThat(nameless.path("tracking_activities")).hasSize(2);
    assertThat(nameless.at("/tracking_activities/0").has("campaign_activity_name")).isFalse();
  }

  @Test
  void rows_are_odd_when_that_is_wanted() {
    String campaign = sent(6);
    passes(Duration.ofDays(1));
    String mailing = mailing(campaign);
    Oddity[] odd = Oddity.values();
    for (int i = 0; i < odd.length; i++) {
      control.campaigns().spoil(campaign, "sends", "c" + i + "@example.org", odd[i]);
    }
    List<JsonNode> rows = rows(mailing, "sends", 500);
    assertThat(rows).hasSize(6);
    assertThat(rows).filteredOn(JsonNode::isNull).hasSize(1);
    assertThat(rows).filteredOn(row -> row.path("contact_id").isNull()).hasSize(1);
    assertThat(rows).filteredOn(row -> row.isObject() && !row.has("created_time")).hasSize(1);
    assertThat(rows)
        .filteredOn(row -> row.path("created_time").asText().contains("yesterday"))
        .hasSize(1);
    assertThat(rows).filteredOn(row -> row.path("link_url").isNull()).hasSize(1);
    control.campaigns().spoil(campaign, "sends", "c0@example.org", null);
    assertThat(rows(mailing, "sends", 500))
        .noneMatch(row -> row.path("created_time").asText().contains("yesterday"));
  }

  @Test
  void reports_need_their_scope_and_their_right() {
    client.token = control.issueAccessToken("contact_data");
    assertThat(client.get(SUMMARIES).status()).isEqualTo(403);
    client.token = control.issueAccessToken("campaign_data");
    assertThat(client.get(SUMMARIES).status()).isEqualTo(200);
    control.withholdPrivileges(Set.of("ui:campaign:metrics"));
    assertThat(client.get(SUMMARIES).status()).isEqualTo(403);
  }
}
