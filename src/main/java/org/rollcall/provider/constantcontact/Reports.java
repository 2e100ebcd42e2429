package org.rollcall.provider.constantcontact;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.rollcall.provider.constantcontact.ConstantContact.array;
import static org.rollcall.provider.constantcontact.ConstantContact.encoded;
import static org.rollcall.provider.constantcontact.ConstantContact.json;
import static org.rollcall.provider.constantcontact.ConstantContact.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Call;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.Purpose;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.ActivityPage;
import org.rollcall.provider.ActivityQuery;
import org.rollcall.provider.CampaignCounts;
import org.rollcall.provider.CampaignTotals;
import org.rollcall.provider.ContactActivity;
import org.rollcall.provider.Page;
import org.rollcall.provider.RemoteCampaign;
import org.rollcall.provider.ReportLimits;
import org.rollcall.provider.SeenActivity;
import org.rollcall.provider.UnreadRow;

/** Campaigns and the reports about them. Everything here reads; nothing sends or changes. */
public final class Reports {
  static final ReportLimits LIMITS = new ReportLimits(500, 150);

  private static final String COUNTS = "reading the counts of campaigns";
  private static final String TOTALS = "reading the totals of campaigns";
  private static final String CAMPAIGN = "reading a campaign";
  private static final String ACTIVITIES = "reading what was done with a campaign";

  private static final String CONTACT = "reading what a contact did";
  private static final int CONTACT_ROWS = 100;

  /** Rows of a page that may make no sense, even if they are most of it. */
  private static final int ODD_ROWS = 20;

  /** The roles of campaign activities that are sent; there is no report about the others. */
  private static final Set<String> SENT = Set.of("primary_email", "resend");

  /** What to read, and the next link when a page went before. */
  public record ReadActivities(ActivityQuery query, @Nullable String next) {}

  /** Of whom to read, and the next link when a page went before. */
  public record ReadContactActivities(String contactId, @Nullable String next) {}

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
        optOuts ? "reading the opt-outs of a campaign" : ACTIVITIES,
        "GET",
        path,
        Map.of(),
        null,
        true,
        optOuts ? Purpose.OPT_OUTS : Purpose.WORK);
  }

  /**
   * One row that makes no sense spoils no page.
   *
   * @throws ProviderException when most of a page makes none: then its form is another one
   */
  public ActivityPage readActivities(Answer answer) {
    JsonNode body = json(answer, ACTIVITIES);
    JsonNode given = array(body, "tracking_activities", ACTIVITIES);
    List<SeenActivity> read = new ArrayList<>();
    List<UnreadRow> unread = new ArrayList<>();
    for (JsonNode row : given) {
      String fault = ReportRow.fault(row);
      if (fault == null) {
        read.add(ReportRow.activity(row));
      } else {
        unread.add(ReportRow.unread(row, fault));
      }
    }
    if (unread.size() > ODD_ROWS && unread.size() > read.size()) {
      throw ConstantContact.nonsense(
          ACTIVITIES, "most of its rows cannot be read, one because " + unread.get(0).why());
    }
    return new ActivityPage(read, unread, ConstantContact.page(read, given, body, answer).next());
  }

  /** Every kind by its name in a contact's report, in the order in which they are asked for. */
  private static String ofContact(ActivityKind kind) {
    return "em_" + words(kind);
  }

  public Call writeReadContactActivities(ReadContactActivities request) {
    String kinds =
        Arrays.stream(ActivityKind.values()).map(Reports::ofContact).collect(joining(","));
    String path =
        request.next() == null
            ? "/reports/contact_reports/%s/activity_details?tracking_activities_list=%s&limit=%d"
                .formatted(encoded(request.contactId()), encoded(kinds), CONTACT_ROWS)
            : request.next();
    return Call.get(CONTACT, path);
  }

  /** Rows that make no sense, and kinds that were not asked for, are left out. */
  public Page<ContactActivity> readContactActivities(Answer answer) {
    JsonNode body = json(answer, CONTACT);
    JsonNode given = array(body, "tracking_activities", CONTACT);
    List<ContactActivity> activities = new ArrayList<>();
    for (JsonNode row : given) {
      String mailing = row.path("campaign_activity_id").asText("");
      String type = row.path("tracking_activity_type").asText("");
      Instant at = ReportRow.time(row);
      Arrays.stream(ActivityKind.values())
          .filter(kind -> ofContact(kind).equalsIgnoreCase(type))
          .filter(kind -> at != null && ReportRow.storable(mailing) && !mailing.isBlank())
          .map(kind -> new ContactActivity(mailing, kind, requireNonNull(at), name(row)))
          .forEach(activities::add);
    }
    return ConstantContact.page(activities, given, body, answer);
  }

  private static @Nullable String name(JsonNode row) {
    String name = row.path("campaign_activity_name").asText("");
    return name.isBlank() ? null : name;
  }
}
