package org.rollcall.provider.constantcontact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.pace.Answer;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.ActivityPage;
import org.rollcall.provider.CampaignCounts;
import org.rollcall.provider.ContactActivity;
import org.rollcall.provider.Page;
import org.rollcall.provider.RemoteCampaign;
import org.rollcall.provider.SeenActivity;
import org.rollcall.provider.UnreadRow;
import org.rollcall.provider.constantcontact.Reports.ReadContactActivities;

/** The reports as Constant Contact writes them, with all that may be missing. */
class ReportsTest {
  private final Reports reports = new Reports();

  private static Answer answer(String body) {
    return new Answer(200, Map.of(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ActivityPage rows(String rows, String links) {
    return reports.readActivities(answer("{'tracking_activities': [" + rows + "]" + links + "}"));
  }

  private SeenActivity row(String more) {
    return rows("{'contact_id': 'c1', 'created_time': '2026-03-01T10:00:00Z'" + more + "}", "")
        .items()
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.000Z",
        "2026-03-01T12:00:00+02:00",
        "2026-03-01T05:00:00.000-05:00",
        "2026-03-01T04:00:00-0600",
        "2026-03-01T04:00:00.000-0600"
      })
  void a_time_is_the_same_in_every_form(String time) {
    assertThat(rows("{'contact_id': 'c1', 'created_time': '" + time + "'}", "").items())
        .extracting(SeenActivity::at)
        .containsExactly(Instant.parse("2026-03-01T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'contact_id': 'c1', 'created_time': 'yesterday'} | created_time is in no known form",
        "{'contact_id': 'c1', 'created_time': '+12345-03-01T10:00:00Z'} | in no known form",
        "{'contact_id': 'c1', 'created_time': '-0004-03-01T10:00:00Z'} | in no known form",
        "{'contact_id': 'c1', 'created_time': null} | it has no created_time",
        "{'contact_id': 'c1'} | it has no created_time",
        "{'contact_id': 'c1', 'created_time': {}} | it has no created_time",
        "{'created_time': '2026-03-01T10:00:00Z'} | it has no contact_id",
        "{'contact_id': ' ', 'created_time': '2026-03-01T10:00:00Z'} | it has no contact_id",
        "{'contact_id': 'c\\u0000', 'created_time': '2026-03-01'} | a character that is none",
        "{'contact_id': 'c', 'created_time': '2026-03-01', 'url_id': '\\ud800'} | that is none",
        "null | it is no object",
        "7 | it is no object",
        "[] | it is no object",
      })
  void a_row_that_makes_no_sense_is_told_and_spoils_no_other(String row, String why) {
    ActivityPage page =
        rows(
            "{'contact_id': 'c0', 'created_time': '2026-03-01'}, "
                + row
                + ", {'contact_id': 'c2', 'created_time': '2026-03-01'}",
            ", '_links': {'next': {'href': '/more'}}");
    assertThat(page.items()).extracting(SeenActivity::contactId).containsExactly("c0", "c2");
    assertThat(page.unread()).hasSize(1);
    assertThat(page.unread().get(0).why()).contains(why);
    assertThat(page.next()).isEqualTo("/more");
  }

  @Test
  void a_row_that_makes_no_sense_is_given_whole() {
    UnreadRow row =
        rows("{'contact_id': 'c1', 'email_address': 'Ann@X.example', 'more': [1, null]}", "")
            .unread()
            .get(0);
    assertThat(row.text())
        .isEqualTo("{\"contact_id\":\"c1\",\"email_address\":\"Ann@X.example\",\"more\":[1,null]}");
    assertThat(row.contactId()).isEqualTo("c1");
    assertThat(row.address()).isEqualTo("ann@x.example");
  }

  @Test
  void a_page_of_which_most_makes_no_sense_is_none() {
    String good = "{'contact_id': 'c1', 'created_time': '2026-03-01'}, ".repeat(20);
    assertThat(rows(good + "null, ".repeat(19) + "null", "").unread()).hasSize(20);
    assertThatThrownBy(() -> rows(good + "null, ".repeat(20) + "null", ""))
        .hasMessageContaining("most of its rows cannot be read, one because it is no object");
    assertThatThrownBy(() -> reports.readActivities(answer("{'tracking_activities': null}")))
        .hasMessageContaining("it has no tracking_activities");
  }

  @Test
  void what_is_null_absent_or_empty_is_nothing() {
    SeenActivity nothing = row("");
    assertThat(
            row(
                ", 'link_url': null, 'url_id': null, 'email_address': null, 'bounce_code': null,"
                    + " 'opt_out_reason': null, 'device_type': null"))
        .isEqualTo(nothing);
    assertThat(row(", 'link_url': '', 'url_id': '', 'email_address': '', 'device_type': ''"))
        .isEqualTo(nothing);
    assertThat(row(", 'deleted_at': '2026-03-05', 'first_name': null")).isEqualTo(nothing);
    assertThat(row(", 'link_url': null, 'url_id': '77'").linkId()).isEqualTo("77");
  }

  @Test
  void a_bounce_has_its_code_and_an_opt_out_its_reason() {
    assertThat(row(", 'bounce_code': 'B'").code()).isEqualTo("B");
    assertThat(row(", 'bounce_code': null, 'opt_out_reason': 'Too many'").code())
        .isEqualTo("Too many");
  }

  private static @Nullable String next(ActivityPage page) {
    return page.next();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", '_links': null",
        ", '_links': {}",
        ", '_links': {'next': null}",
        ", '_links': {'next': {}}",
        ", '_links': {'next': {'href': null}}",
        ", '_links': {'next': {'href': ''}}"
      })
  void the_last_page_is_known_in_every_form(String links) {
    assertThat(next(rows("", links))).isNull();
  }

  @Test
  void another_page_is_followed() {
    assertThat(next(rows("", ", '_links': {'next': {'href': '/v3/more?cursor=x'}}")))
        .isEqualTo("/v3/more?cursor=x");
  }

  @Test
  void a_campaign_that_was_never_sent_has_no_counts() {
    Page<CampaignCounts> page =
        reports.readCampaignCounts(
            answer(
                "{'bulk_email_campaign_summaries': [{'campaign_id': 'draft', 'last_sent_date':"
                    + " null, 'unique_counts': null}, {'campaign_id': 'draft2'}, {'campaign_id':"
                    + " 'sent', 'last_sent_date': '2026-03-01', 'unique_counts': {'sends': 3,"
                    + " 'opens': null, 'abuse': 1}}], '_links': null}"));
    assertThat(page.items()).extracting(CampaignCounts::campaignId).containsExactly("sent");
    assertThat(page.items().get(0).contacts())
        .containsEntry(ActivityKind.SEND, 3L)
        .containsEntry(ActivityKind.OPEN, 0L);
    assertThat(page.items().get(0).complaints()).isEqualTo(1);
  }

  @Test
  void only_what_is_sent_of_a_campaign_has_reports() {
    RemoteCampaign campaign =
        reports.readCampaign(
            answer(
                "{'campaign_id': 'k', 'name': null, 'campaign_activities': ["
                    + "{'campaign_activity_id': 'a1', 'role': 'primary_email'},"
                    + "{'campaign_activity_id': 'a2', 'role': 'permalink'},"
                    + "{'campaign_activity_id': 'a3', 'role': 'RESEND'}]}"));
    assertThat(campaign.name()).isEmpty();
    assertThat(campaign.mailings()).containsExactly("a1", "a3");
  }

  @Test
  void a_contact_is_asked_about_by_all_kinds_a_hundred_rows_at_a_time() {
    assertThat(reports.writeReadContactActivities(new ReadContactActivities("c/1", null)).path())
        .isEqualTo(
            "/reports/contact_reports/c%2F1/activity_details?tracking_activities_list="
                + "em_sends%2Cem_opens%2Cem_clicks%2Cem_bounces%2Cem_optouts%2Cem_forwards"
                + "&limit=100");
    assertThat(reports.writeReadContactActivities(new ReadContactActivities("c", "/v3/x")).path())
        .isEqualTo("/v3/x");
  }

  @Test
  void what_a_contact_did_is_read_as_far_as_it_makes_sense() {
    String row = "{'campaign_activity_id': 'a1', 'created_time': '2026-03-01T04:00:00-0600'";
    Page<ContactActivity> page =
        reports.readContactActivities(
            answer(
                "{'tracking_activities': ["
                    + row
                    + ", 'tracking_activity_type': 'em_clicks', 'campaign_activity_name': 'N'}, "
                    + row
                    + ", 'tracking_activity_type': 'EM_OPTOUTS', 'campaign_activity_name': null}, "
                    + row
                    + ", 'tracking_activity_type': 'p_contact_open'}, "
                    + "{'campaign_activity_id': 'a1', 'tracking_activity_type': 'em_opens',"
                    + " 'created_time': 'today'}, "
                    + "{'tracking_activity_type': 'em_opens', 'created_time': '2026-03-01'}, "
                    + "null], '_links': null}"));
    Instant at = Instant.parse("2026-03-01T10:00:00Z");
    assertThat(page.items())
        .containsExactly(
            new ContactActivity("a1", ActivityKind.CLICK, at, "N"),
            new ContactActivity("a1", ActivityKind.OPT_OUT, at, null));
    assertThat(page.given()).isEqualTo(6);
    assertThat(page.next()).isNull();
  }
}
