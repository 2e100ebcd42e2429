package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Campaign.Doer;
import org.rollcall.sandbox.Campaign.Link;
import org.rollcall.sandbox.Campaign.Mailing;

/** {@code /reports/email_reports}: who did what with one mailing, the newest first. */
final class TrackingResource {
  private static final String SCOPE = "campaign_data";
  private static final String RIGHT = "ui:campaign:metrics";
  private static final String BASE = "/reports/email_reports/*/";

  private final Supplier<SandboxOptions> options;

  TrackingResource(Supplier<SandboxOptions> options) {
    this.options = options;
  }

  void register(Router router) {
    for (EventKind kind : EventKind.values()) {
      router.add("GET", BASE + "tracking/" + kind.path(), SCOPE, RIGHT, call -> events(call, kind));
    }
    router
        .add("GET", BASE + "tracking/unique_opens", SCOPE, RIGHT, this::uniqueOpens)
        .add("GET", BASE + "tracking/didnotopens", SCOPE, RIGHT, this::didNotOpen)
        .add("GET", BASE + "links", SCOPE, RIGHT, this::links);
  }

  /** There is no report about what has not been sent. */
  static Mailing mailing(Call call) {
    if (!Ids.wellFormed(call.variable())) {
      throw Refusal.malformedId("campaign_activity_id");
    }
    Campaigns campaigns = call.account().campaigns();
    Mailing mailing = campaigns.mailing(call.variable());
    if (mailing == null || mailing.sentAt == 0) {
      throw Refusal.notFound("campaign_activity_id");
    }
    campaigns.advance();
    return mailing;
  }

  private CampaignsPage page(Call call) {
    return CampaignsPage.of(call, 500, 500, options.get().rules().clipLimit());
  }

  private Answer events(Call call, EventKind kind) {
    CampaignsPage page = page(call);
    return call.store()
        .write(
            () -> {
              Mailing mailing = mailing(call);
              EventLog log = mailing.log(kind);
              Predicate<Event> wanted = wanted(page.call(), mailing, kind);
              List<Event> found = new ArrayList<>();
              int at = start(log, page.next());
              for (; at < log.size() && found.size() < page.limit(); at++) {
                if (wanted.test(log.newest(at))) {
                  found.add(log.newest(at));
                }
              }
              at += options.get().rules().dropRowAtPageBorder() ? 1 : 0;
              return answer(call, page, mailing, kind, found, next(log, at, found));
            });
  }

  /** Cursors count rows, so that news move them, or they remember the row they stand at. */
  private int start(EventLog log, int next) {
    if (next == 0) {
      return 0;
    }
    return options.get().reports().shiftingPages() ? next : log.after(next - 1);
  }

  private @Nullable Integer next(EventLog log, int at, List<Event> found) {
    if (at >= log.size() || found.isEmpty()) {
      return null;
    }
    return options.get().reports().shiftingPages()
        ? Integer.valueOf(at)
        : Integer.valueOf(log.newest(at - 1).no() + 1);
  }

  private static Predicate<Event> wanted(Call call, Mailing mailing, EventKind kind) {
    List<String> codes = call.query.getOrDefault("bounce_code", List.of());
    String link = call.parameter("url_id");
    if (kind == EventKind.BOUNCES && !codes.isEmpty()) {
      return event -> codes.contains(event.detail());
    }
    if (kind == EventKind.CLICKS && link != null) {
      List<Link> links = mailing.campaign.links;
      return event -> event.link() >= 0 && links.get(event.link()).urlId().equals(link);
    }
    return event -> true;
  }

  private Answer answer(
      Call call,
      CampaignsPage page,
      Mailing mailing,
      EventKind kind,
      List<Event> found,
      @Nullable Integer next) {
    return Answer.json(
        200,
        page.write(
            "tracking_activities",
            rows -> found.forEach(event -> row(rows, call.store(), mailing, kind.wire(), event)),
            next));
  }

  private void row(ArrayNode rows, Store store, Mailing mailing, String type, Event event) {
    Contact contact = store.contacts.get(event.contact());
    ObjectNode row = rows.addObject();
    row.put("contact_id", store.contactIds.text(event.contact()));
    row.put("campaign_activity_id", mailing.id).put("tracking_activity_type", type);
    row.put("email_address", event.address() == null ? "" : event.address());
    put(row, "first_name", contact.firstName);
    put(row, "last_name", contact.lastName);
    put(row, "device_type", event.device());
    if (event.link() >= 0) {
      Link link = mailing.campaign.links.get(event.link());
      row.put("url_id", link.urlId()).put("link_url", link.url());
    }
    put(row, type.equals("em_bounces") ? "bounce_code" : "opt_out_reason", event.detail());
    if (type.equals("em_bounces")) {
      put(row, "current_email_address", contact.address);
    }
    row.put("created_time", time(event));
    if (contact.deleted()) {
      Instant deleted = Instant.ofEpochSecond(contact.deletedAt);
      row.put("deleted_at", deleted.atZone(ZoneOffset.UTC).toLocalDate().toString());
    }
    EventKind kind = EventKind.of(type);
    @Nullable Oddity odd =
        kind == null ? null : mailing.oddities.get(new Doer(kind, event.contact()));
    if (odd != null) {
      odd.apply(row);
    }
    if (odd == Oddity.NO_ROW) {
      rows.remove(rows.size() - 1);
      rows.addNull();
    }
  }

  private static void put(ObjectNode row, String name, @Nullable String value) {
    if (value != null) {
      row.put(name, value);
    }
  }

  /** All forms in which the service is known to write a time, when they are to be mixed. */
  private String time(Event event) {
    String plain = Json.millis(event.at());
    if (!options.get().reports().mixedTimes()) {
      return plain;
    }
    return switch (event.no() % 3) {
      case 0 -> plain;
      case 1 -> plain.replace(".000Z", "Z");
      default -> plain.replace("Z", "+0000");
    };
  }

  /** The last open of each contact. */
  private Answer uniqueOpens(Call call) {
    return derived(
        call,
        mailing -> {
          List<Event> opens = mailing.log(EventKind.OPENS).shown();
          BitSet seen = new BitSet();
          List<Event> last = new ArrayList<>();
          for (int i = opens.size() - 1; i >= 0; i--) {
            if (!seen.get(opens.get(i).contact())) {
              seen.set(opens.get(i).contact());
              last.add(opens.get(i));
            }
          }
          return last;
        },
        "em_opens");
  }

  /** Who was sent it and has not opened it, with the time of the sending. */
  private Answer didNotOpen(Call call) {
    return derived(
        call,
        mailing -> {
          Set<Integer> opened =
              mailing.log(EventKind.OPENS).shown().stream()
                  .map(Event::contact)
                  .collect(Collectors.toSet());
          List<Event> rest = new ArrayList<>(mailing.log(EventKind.SENDS).shown());
          rest.removeIf(event -> opened.contains(event.contact()));
          java.util.Collections.reverse(rest);
          return rest;
        },
        "em_didnotopens");
  }

  private interface Derived {
    List<Event> of(Mailing mailing);
  }

  private Answer derived(Call call, Derived derived, String type) {
    CampaignsPage page = page(call);
    return call.store()
        .write(
            () -> {
              Mailing mailing = mailing(call);
              List<Event> events = derived.of(mailing);
              int from = Math.min(page.next(), events.size());
              int to = Math.min(from + page.limit(), events.size());
              return Answer.json(
                  200,
                  page.write(
                      "tracking_activities",
                      rows ->
                          events
                              .subList(from, to)
                              .forEach(event -> row(rows, call.store(), mailing, type, event)),
                      to < events.size() ? Integer.valueOf(to) : null));
            });
  }

  private Answer links(Call call) {
    boolean unclicked = call.flag("no_clicks");
    return call.store()
        .write(
            () -> {
              Mailing mailing = mailing(call);
              ObjectNode json = Json.object().put("campaign_activity_id", mailing.id);
              ArrayNode counts = json.putArray("link_click_counts");
              List<Link> links = mailing.campaign.links;
              for (int i = 0; i < links.size(); i++) {
                int link = i;
                long clicked =
                    mailing.log(EventKind.CLICKS).shown().stream()
                        .filter(event -> event.link() == link)
                        .map(Event::contact)
                        .distinct()
                        .count();
                if (unclicked || clicked > 0) {
                  ObjectNode count =
                      Json.object("link_url", links.get(i).url(), "url_id", links.get(i).urlId());
                  counts.add(count.put("unique_clicks", clicked));
                }
              }
              return Answer.json(200, json);
            });
  }
}
