package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Campaign.Mailing;

/** The counts of campaigns: {@code /reports/summary_reports} and {@code /reports/stats}. */
final class SummariesResource {
  private static final String SCOPE = "campaign_data";
  private static final String RIGHT = "ui:campaign:metrics";
  private static final int CAMPAIGNS = 150;
  private static final int ACTIVITIES = 10;

  private final Supplier<SandboxOptions> options;
  private final SandboxClock clock;

  SummariesResource(Supplier<SandboxOptions> options, SandboxClock clock) {
    this.options = options;
    this.clock = clock;
  }

  void register(Router router) {
    router
        .add(
            "GET",
            "/reports/summary_reports/email_campaign_summaries",
            SCOPE,
            RIGHT,
            this::summaries)
        .add("GET", "/reports/stats/email_campaigns/*", SCOPE, RIGHT, this::ofCampaigns)
        .add("GET", "/reports/stats/email_campaign_activities/*", SCOPE, RIGHT, this::ofActivities);
  }

  /** How long after an event was listed the aggregates count it; negative when they know first. */
  private long delay() {
    Duration delay = options.get().reports().countsDelay();
    return delay.toSeconds();
  }

  private Answer summaries(Call call) {
    CampaignsPage page = CampaignsPage.of(call, 50, 500, options.get().rules().clipLimit());
    Campaigns campaigns = call.account().campaigns();
    return call.store()
        .write(
            () -> {
              campaigns.advance();
              List<Campaign> sent = campaigns.sent();
              int from = Math.min(page.next(), sent.size());
              int to = Math.min(from + page.limit(), sent.size());
              ObjectNode json =
                  page.write(
                      "bulk_email_campaign_summaries",
                      rows -> sent.subList(from, to).forEach(each -> summary(rows, each)),
                      to < sent.size() ? Integer.valueOf(to) : null);
              json.putObject("aggregate_percents").put("open", 0.0).put("click", 0.0);
              return Answer.json(200, json);
            });
  }

  private void summary(ArrayNode rows, Campaign campaign) {
    ObjectNode row = rows.addObject();
    row.put("campaign_id", campaign.id).put("campaign_type", "NEWSLETTER");
    row.put("last_sent_date", Json.millis(campaign.sentAt));
    ObjectNode counts = row.putObject("unique_counts");
    long now = clock.seconds();
    for (EventKind kind : EventKind.values()) {
      counts.put(kind.path(), campaign.counts(kind, now, delay())[0]);
    }
    counts.put("abuse", campaign.abuse);
    counts.put(
        "not_opened", Math.max(0, counts.path("sends").asInt() - counts.path("opens").asInt()));
  }

  private Answer ofCampaigns(Call call) {
    Campaigns campaigns = call.account().campaigns();
    return stats(
        call,
        "campaign_id",
        CAMPAIGNS,
        id -> {
          Campaign campaign = campaigns.campaign(id);
          if (campaign == null || !campaign.sent()) {
            return null;
          }
          ObjectNode json = Json.object().put("campaign_id", id);
          json.set("stats", counts(kind -> campaign.counts(kind, clock.seconds(), delay())));
          return json;
        });
  }

  private Answer ofActivities(Call call) {
    Campaigns campaigns = call.account().campaigns();
    return stats(
        call,
        "campaign_activity_id",
        ACTIVITIES,
        id -> {
          Mailing mailing = campaigns.mailing(id);
          if (mailing == null || mailing.sentAt == 0) {
            return null;
          }
          ObjectNode json =
              Json.object("campaign_id", mailing.campaign.id, "campaign_activity_id", id);
          json.set("stats", counts(kind -> mailing.log(kind).counts(clock.seconds(), delay())));
          return json;
        });
  }

  private static ObjectNode counts(Function<EventKind, int[]> of) {
    ObjectNode stats = Json.object();
    for (EventKind kind : EventKind.values()) {
      stats.put(kind.wire(), of.apply(kind)[0]);
      if (kind == EventKind.OPENS || kind == EventKind.CLICKS) {
        stats.put(kind.wire() + "_all", of.apply(kind)[1]);
      }
    }
    return stats;
  }

  /** A malformed id spoils everything, one that is not known only its own row. */
  private Answer stats(
      Call call, String parameter, int most, Function<String, @Nullable ObjectNode> row) {
    List<String> ids = List.of(call.variable().split(","));
    if (ids.size() > most) {
      throw Refusal.invalid(parameter + "s may have at most " + most + " values");
    }
    if (!ids.stream().allMatch(Ids::wellFormed)) {
      throw new Refusal(
          404, "reportingsvc.not_found.invalid_path_param.campaign_ids.", "Not found.");
    }
    return call.store()
        .write(
            () -> {
              call.account().campaigns().advance();
              ObjectNode json = Json.object();
              ArrayNode results = json.putArray("results");
              ArrayNode errors = json.putArray("errors");
              for (String id : ids) {
                ObjectNode found = row.apply(id);
                if (found == null) {
                  errors.add(
                      Json.object(
                          "error_key",
                          "reportingsvc.not_found",
                          "error_message",
                          parameter + " " + id + " was not found."));
                } else {
                  found.put("last_refresh_time", Json.millis(clock.seconds()));
                  results.add(found);
                }
              }
              return Answer.json(200, json);
            });
  }
}
