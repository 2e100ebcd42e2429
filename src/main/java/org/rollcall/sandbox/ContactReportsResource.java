package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.rollcall.sandbox.Campaign.Mailing;

/** {@code /reports/contact_reports}: what one contact did, over all campaigns. */
final class ContactReportsResource {
  private static final String SCOPE = "contact_data";
  private static final String RIGHT = "ui:campaign:metrics";
  private static final int CAMPAIGNS = 200;
  private static final long FIVE_YEARS = 5 * 366 * 86_400_000L;

  /** What is done on sign-up pages, which the sandbox does not have. */
  private static final Set<String> ELSEWHERE =
      Set.of("p_contact_open", "p_contact_click", "p_contact_add", "p_contact_update");

  private final Supplier<SandboxOptions.Rules> rules;

  ContactReportsResource(Supplier<SandboxOptions.Rules> rules) {
    this.rules = rules;
  }

  void register(Router router) {
    String base = "/reports/contact_reports/*/";
    router
        .add("GET", base + "activity_details", SCOPE, RIGHT, this::details)
        .add("GET", base + "activity_summary", SCOPE, RIGHT, this::summary)
        .add("GET", base + "open_and_click_rates", SCOPE, RIGHT, this::rates);
  }

  private record Row(Mailing mailing, EventKind kind, Event event) {}

  private Answer details(Call call) {
    CampaignsPage page = CampaignsPage.of(call, 100, 100, rules.get().clipLimit());
    Set<EventKind> kinds = kinds(page.call());
    boolean names =
        page.call().parameter("include_campaign_activity_names") == null
            || page.call().flag("include_campaign_activity_names");
    return call.store()
        .write(
            () -> {
              List<Row> found = new ArrayList<>();
              int contact = contact(call);
              sent(call).forEach(mailing -> add(found, mailing, kinds, contact));
              found.sort(
                  Comparator.comparingLong((Row row) -> row.event().at())
                      .thenComparingInt(row -> row.event().no())
                      .reversed());
              int from = Math.min(page.next(), found.size());
              int to = Math.min(from + page.limit(), found.size());
              return Answer.json(
                  200,
                  page.write(
                      "tracking_activities",
                      rows ->
                          found
                              .subList(from, to)
                              .forEach(row -> json(rows, call.variable(), row, names)),
                      to < found.size() ? Integer.valueOf(to) : null));
            });
  }

  private static Set<EventKind> kinds(Call call) {
    boolean listed = call.query.containsKey("tracking_activities_list");
    boolean repeated = call.query.containsKey("tracking_activity_type");
    if (listed == repeated) {
      throw Refusal.invalid(
          "exactly one of tracking_activities_list, tracking_activity_type is required");
    }
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    String name = listed ? "tracking_activities_list" : "tracking_activity_type";
    List<String> types = call.query.getOrDefault(name, List.of());
    for (String type : listed ? List.of(String.join(",", types).split(",", -1)) : types) {
      EventKind kind = type.startsWith("em_") ? EventKind.of(type) : null;
      if (kind == null && !ELSEWHERE.contains(type)) {
        throw Refusal.invalid(name + " does not have a valid value");
      }
      if (kind != null) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static void add(List<Row> found, Mailing mailing, Set<EventKind> kinds, int contact) {
    for (EventKind kind : kinds) {
      for (Event event : mailing.log(kind).shown()) {
        if (event.contact() == contact) {
          found.add(new Row(mailing, kind, event));
        }
      }
    }
  }

  private static void json(ArrayNode rows, String contact, Row row, boolean names) {
    ObjectNode json = rows.addObject().put("contact_id", contact);
    json.put("campaign_activity_id", row.mailing().id);
    json.put("created_time", Json.millis(row.event().at()));
    json.put("tracking_activity_type", row.kind().wire());
    if (names) {
      json.put("campaign_activity_name", row.mailing().campaign.name);
    }
  }

  private static int contact(Call call) {
    if (!Ids.wellFormed(call.variable())) {
      throw Refusal.malformedId("contact_id");
    }
    Contact contact = call.store().contact(call.variable());
    if (contact == null) {
      throw Refusal.notFound("contact_id");
    }
    return contact.index;
  }

  private static List<Mailing> sent(Call call) {
    Campaigns campaigns = call.account().campaigns();
    campaigns.advance();
    return campaigns.sent().stream()
        .flatMap(campaign -> campaign.mailings.stream())
        .filter(mailing -> mailing.sentAt != 0)
        .toList();
  }

  private static List<Mailing> between(Call call) {
    long start = Times.parse("start", required(call, "start"));
    long end = Times.parse("end", required(call, "end"));
    if (end < start || end - start > FIVE_YEARS) {
      throw Refusal.invalid("start, end do not have a valid value");
    }
    return sent(call).stream()
        .filter(mailing -> mailing.sentAt * 1000 >= start && mailing.sentAt * 1000 <= end)
        .limit(CAMPAIGNS)
        .toList();
  }

  private static String required(Call call, String name) {
    String value = call.parameter(name);
    if (value == null) {
      throw Refusal.invalid(name + " is missing");
    }
    return value;
  }

  private static long count(Mailing mailing, EventKind kind, int contact) {
    return mailing.log(kind).shown().stream().filter(event -> event.contact() == contact).count();
  }

  private Answer summary(Call call) {
    return call.store()
        .write(
            () -> {
              int contact = contact(call);
              ObjectNode json = Json.object().put("contact_id", call.variable());
              ArrayNode rows = json.putArray("campaign_activities");
              for (Mailing mailing : between(call)) {
                if (count(mailing, EventKind.SENDS, contact) > 0) {
                  ObjectNode row = rows.addObject().put("campaign_activity_id", mailing.id);
                  row.put("start_on", Json.millis(mailing.sentAt));
                  for (EventKind kind : EventKind.values()) {
                    String name = kind == EventKind.OPTOUTS ? "em_unsubscribes" : kind.wire();
                    row.put(name, count(mailing, kind, contact));
                  }
                }
              }
              return Answer.json(200, json);
            });
  }

  private Answer rates(Call call) {
    return call.store()
        .write(
            () -> {
              int contact = contact(call);
              List<Mailing> got =
                  between(call).stream()
                      .filter(mailing -> count(mailing, EventKind.SENDS, contact) > 0)
                      .toList();
              ObjectNode json = Json.object().put("contact_id", call.variable());
              json.put("included_activities_count", got.size());
              json.put("average_open_rate", rate(got, EventKind.OPENS, contact));
              json.put("average_click_rate", rate(got, EventKind.CLICKS, contact));
              return Answer.json(200, json);
            });
  }

  private static double rate(List<Mailing> got, EventKind kind, int contact) {
    return got.stream()
        .mapToInt(each -> count(each, kind, contact) > 0 ? 1 : 0)
        .average()
        .orElse(0);
  }
}
