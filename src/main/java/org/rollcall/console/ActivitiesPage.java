package org.rollcall.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.Campaigns;
import org.rollcall.activity.Campaigns.Course;
import org.rollcall.activity.Campaigns.Cursor;
import org.rollcall.activity.Campaigns.Summary;
import org.rollcall.hub.Hub;
import org.rollcall.provider.ActivityKind;
import org.rollcall.store.Query;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** What became of the campaigns, and of one over time. */
public final class ActivitiesPage {
  private static final String SECTION = "/activities";
  private static final int A_PAGE = 25;

  private final Hub hub;

  ActivitiesPage(Hub hub) {
    this.hub = hub;
  }

  /**
   * The campaigns.
   *
   * @param readUntil what was done until then is known
   * @param next where the next page is, absent on the last
   */
  public record View(
      SyncChoice syncs,
      List<Summary> campaigns,
      @Nullable Instant readUntil,
      boolean first,
      @Nullable String next) {
    public String path(Summary campaign) {
      return syncs.path(syncs.chosen()) + "/" + Words.inUrl(campaign.campaignId());
    }

    /** Rates of the campaigns on this page, the oldest on the left. */
    public StepBars picture() {
      return StepBars.ofRates(campaigns);
    }
  }

  /** One campaign. */
  public record One(SyncChoice syncs, Course course, @Nullable Instant readUntil) {
    public StepBars picture() {
      return StepBars.ofCourse(course);
    }

    /** How many of 100 clicks were on this link. */
    public String share(long clicks) {
      long all = course.links().stream().mapToLong(Campaigns.Link::clicks).sum();
      return percent(Optional.of(100.0 * clicks / all));
    }
  }

  /** Campaigns whose name was not read yet have none. */
  public static String name(Summary campaign) {
    return campaign.name() == null ? "(name not read yet)" : campaign.name();
  }

  public static String percent(Optional<Double> rate) {
    return rate.map(value -> String.format(Locale.ENGLISH, "%.1f %%", value)).orElse("–");
  }

  public static String rate(Summary campaign, ActivityKind kind) {
    return percent(campaign.rate(kind));
  }

  /** What a column of it is called. */
  public static String heading(ActivityKind kind) {
    return switch (kind) {
      case SEND -> "Sends";
      case OPEN -> "Opens";
      case CLICK -> "Clicks";
      case BOUNCE -> "Bounces";
      case OPT_OUT -> "Opt-outs";
      case FORWARD -> "Forwards";
    };
  }

  /** A link is only one where a browser cannot be made to run it. */
  public static boolean opens(String url) {
    return url.regionMatches(true, 0, "https://", 0, 8)
        || url.regionMatches(true, 0, "http://", 0, 7);
  }

  void mount(Site site) {
    site.get(SECTION, Role.VIEWER, visit -> SyncChoice.first(hub, SECTION));
    site.get(SECTION + "/:sync", Role.VIEWER, this::all);
    site.get(SECTION + "/:sync/:campaign", Role.VIEWER, this::one);
  }

  private Reply all(Visit visit) {
    Optional<SyncChoice> syncs = SyncChoice.of(hub, visit, SECTION);
    if (syncs.isEmpty()) {
      return GroupsPage.noSync(false);
    }
    Optional<Cursor> before = before(visit);
    if (before.isEmpty() && visit.query("before").isPresent()) {
      return Reply.wrong("This page is not there", "Begin at the newest campaigns.");
    }
    String sync = syncs.get().chosen();
    List<Summary> found = hub.campaigns().page(sync, before.orElse(null), A_PAGE + 1);
    boolean more = found.size() > A_PAGE;
    List<Summary> campaigns = more ? found.subList(0, A_PAGE) : found;
    return Reply.page(
        "activities/all",
        new View(
            syncs.get(),
            campaigns,
            hub.campaigns().readUntil(sync).orElse(null),
            before.isEmpty(),
            more ? behind(syncs.get(), campaigns.get(A_PAGE - 1)) : null));
  }

  private static String behind(SyncChoice syncs, Summary last) {
    return syncs.path(syncs.chosen())
        + "?before="
        + Words.inUrl(last.sentAt().toString())
        + "&id="
        + Words.inUrl(last.campaignId());
  }

  private static Optional<Cursor> before(Visit visit) {
    try {
      return visit
          .query("before")
          .map(Instant::parse)
          .map(Query::kept)
          .map(at -> new Cursor(at, visit.query("id").orElse("")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Reply one(Visit visit) {
    Optional<SyncChoice> syncs = SyncChoice.of(hub, visit, SECTION);
    if (syncs.isEmpty()) {
      return GroupsPage.noSync(false);
    }
    String sync = syncs.get().chosen();
    Optional<Course> course = hub.campaigns().find(sync, visit.path("campaign"));
    if (course.isEmpty()) {
      return Reply.missing(
          "There is no such campaign", "Look at the list of campaigns of " + sync + ".");
    }
    return Reply.page(
        "activities/one",
        new One(syncs.get(), course.get(), hub.campaigns().readUntil(sync).orElse(null)));
  }
}
