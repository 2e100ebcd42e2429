package org.rollcall.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.ActivityLog;
import org.rollcall.activity.Inquiry;
import org.rollcall.activity.Inquiry.Told;
import org.rollcall.consent.Ledger;
import org.rollcall.directory.Directory;
import org.rollcall.explain.Explanation;
import org.rollcall.hub.Hub;
import org.rollcall.pace.ProviderException;
import org.rollcall.resolve.Conflicts;
import org.rollcall.route.Syncs;
import org.rollcall.settings.AddressConflicts;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.verify.Statuses;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** Everything known about one member of a sync. */
public final class MemberPage {
  private static final int ACTIVITIES = 25;
  private static final int CHANGES = 100;

  /**
   * So many may wait for the provider at once: its answer may take minutes, and others look too.
   */
  private static final int ASKING = 4;

  private final Hub hub;
  private final Syncs syncs;
  private final Semaphore asking = new Semaphore(ASKING);

  MemberPage(Hub hub, Syncs syncs) {
    this.hub = hub;
    this.syncs = syncs;
  }

  /**
   * What the page shows.
   *
   * @param conflict both addresses, while nobody has decided
   * @param engagement absent while no activity is known
   * @param earlier whether the newest activities are on a page before
   */
  public record View(
      Directory.Profile member,
      List<Statuses.MemberStatus> statuses,
      Conflicts.@Nullable Conflict conflict,
      List<Ledger.Entry> consents,
      List<Directory.AddressChange> addresses,
      ActivityLog.@Nullable Engagement engagement,
      ActivityLog.Timeline activities,
      boolean earlier) {
    /** The page's own path. */
    public String path() {
      return Words.path("members", member.sync(), member.key());
    }
  }

  /** What leads to where the member stands. */
  public record Why(Explanation explanation, String path) {}

  /**
   * What the provider tells of a member.
   *
   * @param notes what there is to say besides, or why there is nothing
   */
  public record Now(String key, String path, List<Inquiry.Row> rows, List<String> notes) {}

  void mount(Site site) {
    site.get("/members/:sync/:key", Role.VIEWER, this::show);
    site.get("/members/:sync/:key/explain", Role.VIEWER, this::explain);
    site.post("/members/:sync/:key/now", Role.OPERATOR, this::ask);
    site.post("/members/:sync/:key/conflict", Role.OPERATOR, this::decide);
  }

  static Reply unknown() {
    return Reply.missing(
        "There is no such member",
        "Look for it under Members. Who was erased, or left long ago, is not known any more.");
  }

  private Reply show(Visit visit) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    Optional<Directory.Profile> member = hub.directory().profile(sync, key);
    if (member.isEmpty()) {
      return unknown();
    }
    List<Ledger.Entry> consents = new ArrayList<>();
    hub.consents().each(sync, key, null, consents::add);
    Optional<String> from = visit.query("activities");
    return Reply.page(
        "members/one",
        new View(
            member.get(),
            hub.statuses().ofMember(sync, key),
            hub.conflicts().of(sync, key).orElse(null),
            consents,
            hub.directory().addresses(sync, key, CHANGES),
            hub.activityLog().engagementOf(sync, key).orElse(null),
            hub.activityLog().timeline(sync, key, from.orElse(null), ACTIVITIES),
            from.isPresent()));
  }

  private Reply explain(Visit visit) {
    String key = visit.path("key");
    SyncSettings sync = hub.settings().syncs().get(visit.path("sync"));
    Optional<Explanation> known =
        sync == null
            ? Optional.empty()
            : hub.explain().member(sync, hub.settings().account(sync.account()), key);
    if (known.isEmpty()) {
      return unknown();
    }
    return Reply.page(
        visit.partial() ? "members/steps" : "members/explain",
        new Why(known.get(), Words.path("members", visit.path("sync"), key)));
  }

  private Reply ask(Visit visit) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    if (!hub.settings().syncs().containsKey(sync)) {
      return unknown();
    }
    if (!asking.tryAcquire()) {
      return told(visit, List.of(), "others are waiting for the provider; try again in a moment");
    }
    try {
      Inquiry inquiry = hub.inquiry();
      Told told = syncs.look(sync, (run, provider) -> inquiry.ask(run, provider, key));
      return told(visit, told);
    } catch (ProviderException | IllegalStateException e) {
      return told(visit, List.of(), String.valueOf(e.getMessage()));
    } finally {
      asking.release();
    }
  }

  private Reply told(Visit visit, Told told) {
    if (told instanceof Told.Nobody) {
      return unknown();
    }
    if (told instanceof Told.Nothing nothing) {
      return told(visit, List.of(), nothing.why());
    }
    Told.Activities activities = (Told.Activities) told;
    hub.audit()
        .note(
            Audit.Through.CONSOLE,
            visit.visitor().name(),
            "asked the provider what a member did",
            visit.path("sync"),
            visit.path("key"));
    return told(visit, activities.rows(), activities.notes().toArray(String[]::new));
  }

  private static Reply told(Visit visit, List<Inquiry.Row> rows, String... notes) {
    String key = visit.path("key");
    return Reply.page(
        visit.partial() ? "members/told" : "members/now",
        new Now(key, Words.path("members", visit.path("sync"), key), rows, List.of(notes)));
  }

  private Reply decide(Visit visit) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    Optional<AddressConflicts> side = visit.form("keep").flatMap(MemberPage::side);
    if (side.isEmpty()) {
      return Reply.wrong("Whose address is right?", "Go back and choose one of the two.");
    }
    String by = visit.visitor().name();
    if (!hub.conflicts().decide(sync, key, side.get(), by)) {
      return Reply.wrong(
          "There is nothing to decide any more",
          "Somebody was quicker, or both sides agree again.");
    }
    String whose = side.get() == AddressConflicts.SOURCE ? "source" : "provider";
    hub.audit()
        .note(
            Audit.Through.CONSOLE, by, "decided for the %s's address".formatted(whose), sync, key);
    visit.tell("The %s's address is kept. The next run does what follows.".formatted(whose));
    return Reply.see(Words.path("members", sync, key));
  }

  private static Optional<AddressConflicts> side(String word) {
    return switch (word) {
      case "source" -> Optional.of(AddressConflicts.SOURCE);
      case "provider" -> Optional.of(AddressConflicts.PROVIDER);
      default -> Optional.empty();
    };
  }
}
