package org.rollcall.provider.constantcontact;

import static org.rollcall.provider.constantcontact.ConstantContact.array;
import static org.rollcall.provider.constantcontact.ConstantContact.encoded;
import static org.rollcall.provider.constantcontact.ConstantContact.json;
import static org.rollcall.provider.constantcontact.ConstantContact.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Call;
import org.rollcall.pace.Purpose;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.ActivityQuery;
import org.rollcall.provider.CampaignCounts;
import org.rollcall.provider.CampaignTotals;
import org.rollcall.provider.Page;
import org.rollcall.provider.RemoteCampaign;
import org.rollcall.provider.ReportLimits;
import org.rollcall.provider.SeenActivity;

/** Campaigns and the reports about them. Everything here reads; nothing sends or changes. */
public final class Reports {
  static final ReportLimits LIMITS = new ReportLimits(500, 150);

  private static final String COUNTS = "reading the counts of campaigns";
  private static final String TOTALS = "reading the totals of campaigns";
  private static final String CAMPAIGN = "reading a campaign";

  /** The roles of campaign activities that are sent; there is no report about the others. */
  private static final Set<String> SENT = Set.of("primary_email", "resend");

  /** What to read, and the next link when a page went before. */
  public record ReadActivities(ActivityQuery query, @Nullable String next) {}

  public Call writeReadCampaignCounts(@Nullable String next) {
    String path =
        next == null || next.isBlank()
            ? "/reports/summary_reports/email_campaign_summaries?limit=" + LIMITS.pageSize()
            : next;
    return Call.get(COUNTS, path);
  }

  /** A campaign without a time of sending has not been sent. */
  public Page<CampaignCounts> readCampaignCounts(Answer answer) {
    JsonNode body = json(answer, COUNTS);
    List<CampaignCounts> campaigns = new ArrayList<>();
    JsonNode given = array(body, "bulk_email_campaign_summaries", COUNTS);
    for (JsonNode campaign : given) {
      Instant sent = Times.parse(campaign.path("last_sent_date").asText(null));
      if (sent != null) {
        JsonNode counts = campaign.path("unique_counts");
        campaigns.add(
            new CampaignCounts(
                text(campaign, "campaign_id"),
                sent,
                contacts(counts),
                counts.path("abuse").asLong()));
      }
    }
    return ConstantContact.page(campaigns, given, body, answer);
  }

  private static Map<ActivityKind, Long> contacts(JsonNode counts) {
    Map<ActivityKind, Long> contacts = new EnumMap<>(ActivityKind.class);
    for (ActivityKind kind : ActivityKind.values()) {
      contacts.put(kind, counts.path(words(kind)).asLong());
    }
    return contacts;
  }

  /** As in the path of a report. */
  private static String words(ActivityKind kind) {
    return switch (kind) {
      case SEND -> "sends";
      case OPEN -> "opens";
      case CLICK -> "clicks";
      case BOUNCE -> "bounces";
      case OPT_OUT -> "optouts";
      case FORWARD -> "forwards";
    };
  }

  public Call writeReadCampaignTotals(List<String> campaignIds) {
    return Call.get(TOTALS, "/reports/stats/email_campaigns/" + String.join(",", campaignIds));
  }

  public List<CampaignTotals> readCampaignTotals(Answer answer) {
    List<CampaignTotals> totals = new ArrayList<>();
    for (JsonNode result : array(json(answer, TOTALS), "results", TOTALS)) {
      Map<ActivityKind, Long> events = new EnumMap<>(ActivityKind.class);
      put(events, ActivityKind.OPEN, result.path("stats").path("em_opens_all"));
      put(events, ActivityKind.CLICK, result.path("stats").path("em_clicks_all"));
      totals.add(new CampaignTotals(text(result, "campaign_id"), events));
    }
    return totals;
  }

  private static void put(Map<ActivityKind, Long> events, ActivityKind kind, JsonNode count) {
    if (count.isNumber()) {
      events.put(kind, count.asLong());
    }
  }

  public Call writeReadCampaign(String campaignId) {
    return Call.get(CAMPAIGN, "/emails/" + encoded(campaignId));
  }

  public RemoteCampaign readCampaign(Answer answer) {
    JsonNode campaign = json(answer, CAMPAIGN);
    List<String> mailings = new ArrayList<>();
    for (JsonNode activity : array(campaign, "campaign_activities", CAMPAIGN)) {
      if (SENT.contains(activity.path("role").asText().toLowerCase(Locale.ROOT))) {
        mailings.add(text(activity, "campaign_activity_id"));
      }
    }
    return new RemoteCampaign(
        text(campaign, "campaign_id"), campaign.path("name").asText(""), mailings);
  }

  public Call writeReadActivities(ReadActivities request) {
    ActivityQuery query = request.query();
    String path =
        request.next() == null
            ? "/reports/email_reports/%s/tracking/%s?limit=%d"
                .formatted(encoded(query.mailingId()), words(query.kind()), LIMITS.pageSize())
            : request.next();
    boolean optOuts = query.kind() == ActivityKind.OPT_OUT;
    return new Call(
        optOuts ? "reading the opt-outs of a campaign" : "reading what was done with a campaign",
        "GET",
        path,
        Map.of(),
        null,
        true,
        optOuts ? Purpose.OPT_OUTS : Purpose.WORK);
  }

  public Page<SeenActivity> readActivities(Answer answer) {
    JsonNode body = json(answer, "reading what was done with a campaign");
    List<SeenActivity> activities = new ArrayList<>();
    JsonNode given = array(body, "tracking_activities", "reading activities");
    for (JsonNode row : given) {
      activities.add(activity(row));
    }
    return ConstantContact.page(activities, given, body, answer);
  }

  private static SeenActivity activity(JsonNode row) {
    Instant at = Times.parse(text(row, "created_time"));
    if (at == null) {
      throw ConstantContact.nonsense("reading activities", "a time is in no known form");
    }
    String code = row.path("bounce_code").asText(null);
    return new SeenActivity(
        text(row, "contact_id"),
        filled(row.path("email_address").asText("").toLowerCase(Locale.ROOT)),
        at,
        filled(row.path("url_id").asText("")),
        filled(row.path("link_url").asText("")),
        code == null ? row.path("opt_out_reason").asText(null) : code,
        filled(row.path("device_type").asText("")));
  }

  private static @Nullable String filled(String text) {
    return text.isBlank() ? null : text;
  }
}
