package org.rollcall.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.ActivityLog;
import org.rollcall.consent.Ledger;
import org.rollcall.hub.Hub;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;

/** What members did: consents, campaigns, activities. */
final class HistoryApi {
  private final Hub hub;

  HistoryApi(Hub hub) {
    this.hub = hub;
  }

  void mount(Doors doors) {
    doors.list(
        "/syncs/:sync/consents",
        Role.VIEWER,
        Set.of("member", "since", "after", "limit"),
        this::consents);
    doors.ask("/syncs/:sync/campaigns", Role.VIEWER, Set.of("since"), this::campaigns);
    doors.list(
        "/syncs/:sync/activities",
        Role.VIEWER,
        Set.of("member", "campaign", "since", "after", "limit"),
        this::activities);
  }

  private SyncSettings sync(Request request) {
    return SyncsApi.sync(hub, request.path("sync"));
  }

  /** Whoever polls keeps the last {@code next}: it also leads to what is entered later. */
  private Reply consents(Request request) {
    SyncSettings sync = sync(request);
    String member = request.query("member").orElse(null);
    Instant since = request.since(sync.timeZone());
    if (request.wantsLines()) {
      return Answers.lines(sink -> hub.consents().each(sync.name(), member, since, sink::accept));
    }
    String cursor = request.query("after").orElse(null);
    int limit = request.limit();
    List<Ledger.Placed> found =
        hub.consents().page(sync.name(), member, since, entered(cursor), limit + 1);
    List<Ledger.Placed> page = found.size() > limit ? found.subList(0, limit) : found;
    if (!page.isEmpty()) {
      Ledger.Place last = page.get(page.size() - 1).place();
      cursor = Answers.cursor(last.ord(), last.memberKey());
    }
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("consents", page.stream().map(Ledger.Placed::entry).toList());
    shown.put("more", found.size() > limit);
    shown.put("next", cursor);
    return Answers.json(shown);
  }

  private static Ledger.Place entered(@Nullable String cursor) {
    if (cursor == null) {
      return Ledger.Place.BEGINNING;
    }
    List<String> parts = Answers.parts(cursor, 2);
    try {
      return new Ledger.Place(Long.parseLong(parts.get(0)), parts.get(1));
    } catch (NumberFormatException e) {
      throw Answers.noCursor();
    }
  }

  private Reply campaigns(Request request) {
    SyncSettings sync = sync(request);
    return Answers.json(
        Map.of(
            "campaigns", hub.activityLog().campaigns(sync.name(), request.since(sync.timeZone()))));
  }

  private Reply activities(Request request) {
    SyncSettings sync = sync(request);
    String member = request.query("member").orElse(null);
    String campaign = request.query("campaign").orElse(null);
    Instant since = request.since(sync.timeZone());
    if (member == null && campaign == null) {
      throw Wrong.input(
          "Neither a member nor a campaign is named", "Add ?member=KEY or ?campaign=ID.");
    }
    ActivityLog log = hub.activityLog();
    if (request.wantsLines()) {
      return Answers.lines(sink -> log.each(sync.name(), member, campaign, since, sink::accept));
    }
    ActivityLog.Place before = request.query("after").map(HistoryApi::placed).orElse(null);
    int limit = request.limit();
    return Answers.page(
        "activities",
        log.page(sync.name(), member, campaign, since, before, limit + 1),
        limit,
        ActivityLog.Placed::entry,
        placed -> cursor(placed.place()));
  }

  private static String cursor(ActivityLog.Place place) {
    return Answers.cursor(place.at().toString(), place.number(), place.memberKey());
  }

  private static ActivityLog.Place placed(String cursor) {
    List<String> parts = Answers.parts(cursor, 3);
    try {
      return new ActivityLog.Place(
          Query.kept(Instant.parse(parts.get(0))),
          Long.parseLong(parts.get(1)),
          Objects.requireNonNull(parts.get(2)));
    } catch (DateTimeException | NumberFormatException e) {
      throw Answers.noCursor();
    }
  }
}
