package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.rollcall.sandbox.Campaign.Mailing;

/** {@code /emails}: the campaigns, as far as they can be read. */
final class EmailsResource {
  private static final String SCOPE = "campaign_data";
  private static final String RIGHT = "campaign:read";

  private final Supplier<SandboxOptions.Rules> rules;

  EmailsResource(Supplier<SandboxOptions.Rules> rules) {
    this.rules = rules;
  }

  void register(Router router) {
    router
        .add("GET", "/emails", SCOPE, RIGHT, this::list)
        .add("GET", "/emails/*", SCOPE, RIGHT, this::get)
        .add("GET", "/emails/activities/*/send_history", SCOPE, RIGHT, this::history);
  }

  private Answer list(Call call) {
    CampaignsPage page = CampaignsPage.of(call, 50, 500, rules.get().clipLimit());
    long after = time(page.call(), "after_date", Long.MIN_VALUE);
    long before = time(page.call(), "before_date", Long.MAX_VALUE);
    Campaigns campaigns = call.account().campaigns();
    return call.store()
        .write(
            () -> {
              campaigns.advance();
              List<Campaign> found =
                  campaigns.all.stream()
                      .filter(each -> each.position >= page.next())
                      .filter(each -> each.updatedAt * 1000 >= after)
                      .filter(each -> each.updatedAt * 1000 <= before)
                      .toList();
              Integer next = found.size() > page.limit() ? found.get(page.limit()).position : null;
              return Answer.json(
                  200,
                  page.write(
                      "campaigns",
                      rows ->
                          found.stream().limit(page.limit()).forEach(each -> rows.add(json(each))),
                      next));
            });
  }

  private static long time(Call call, String name, long absent) {
    String text = call.parameter(name);
    return text == null ? absent : Times.parse(name, text);
  }

  private static ObjectNode json(Campaign campaign) {
    return Json.object("campaign_id", campaign.id, "name", campaign.name)
        .put("current_status", campaign.status)
        .put("type", "NEWSLETTER")
        .put("type_code", 10)
        .put("created_at", Json.millis(campaign.createdAt))
        .put("updated_at", Json.millis(campaign.updatedAt));
  }

  private Answer get(Call call) {
    Campaigns campaigns = call.account().campaigns();
    return call.store()
        .write(
            () -> {
              Campaign campaign = campaign(campaigns, call.variable());
              ObjectNode json = json(campaign);
              // the collection says Draft, the single campaign DRAFT
              json.put("current_status", campaign.status.toUpperCase(Locale.ROOT));
              ArrayNode activities = json.putArray("campaign_activities");
              campaign.mailings.forEach(
                  each ->
                      activities.add(
                          Json.object("campaign_activity_id", each.id, "role", each.role)));
              activities.add(
                  Json.object("campaign_activity_id", permalink(campaign), "role", "permalink"));
              return Answer.json(200, json);
            });
  }

  /** Every campaign has a page in the web, about which there is no report. */
  private static String permalink(Campaign campaign) {
    return campaign.id.substring(0, 24) + "0123456789ab";
  }

  private static Campaign campaign(Campaigns campaigns, String id) {
    if (!Ids.wellFormed(id)) {
      throw Refusal.malformedId("campaign_id");
    }
    Campaign campaign = campaigns.campaign(id);
    if (campaign == null) {
      throw Refusal.notFound("campaign_id");
    }
    return campaign;
  }

  private Answer history(Call call) {
    Store store = call.store();
    return store.write(
        () -> {
          Mailing mailing = TrackingResource.mailing(call);
          ArrayNode sends = Json.MAPPER.createArrayNode();
          ObjectNode send = sends.addObject().put("send_id", 1);
          ArrayNode lists = send.putArray("contact_list_ids");
          mailing.lists.forEach(list -> lists.add(store.lists.get(list).id));
          send.putArray("segment_ids");
          send.put("count", mailing.log(EventKind.SENDS).size())
              .put("run_date", Json.millis(mailing.sentAt))
              .put("send_status", "COMPLETED")
              .put("reason_code", 0);
          return Answer.json(200, sends);
        });
  }
}
