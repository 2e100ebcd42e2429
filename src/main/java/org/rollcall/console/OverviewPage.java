package org.rollcall.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Role;
import org.rollcall.verify.Attention;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** How everything stands, at a glance. */
public final class OverviewPage {
  private static final int DAYS = 30;

  private final Hub hub;
  private final Upcoming upcoming;
  private final AccountCards accounts;

  OverviewPage(Hub hub, Upcoming upcoming, AccountCards accounts) {
    this.hub = hub;
    this.upcoming = upcoming;
    this.accounts = accounts;
  }

  /**
   * What the page shows.
   *
   * @param steps what is still to be done before anything can run; empty once something ran
   */
  public record View(
      List<AccountCards.Card> accounts,
      List<Sync> syncs,
      List<Need> needs,
      DayBars bars,
      List<Step> steps) {}

  /** Something that waits for a person, and where to see to it. */
  public record Need(String what, String link, String look) {}

  /** A step on the way to the first run. */
  public record Step(String what, String how, @Nullable String link, boolean done) {}

  /** A sync with its last run, of all its members, and its next. */
  public record Sync(SyncSettings settings, Runs.@Nullable Record last, @Nullable Instant next) {
    public String name() {
      return settings.name();
    }

    public String badge() {
      return last == null
          ? ""
          : switch (last.state()) {
            case COMPLETED -> "good";
            case PARTIAL, PLANNED -> "wait";
            case RUNNING -> "wait busy";
            case HELD -> "mind";
            case FAILED -> "bad";
          };
    }

    /** How it stands, in words for staff. */
    public String words() {
      if (last == null) {
        return "has never run";
      }
      return switch (last.state()) {
        case COMPLETED -> "up to date";
        case PARTIAL -> "done, but not everything";
        case PLANNED -> "planned only";
        case RUNNING -> "running";
        case HELD -> "waits for a person";
        case FAILED -> "failed";
      };
    }

    public @Nullable String why() {
      return last == null ? null : last.error() != null ? last.error() : last.heldReason();
    }
  }

  void mount(Site site) {
    site.get("/", Role.VIEWER, this::show);
  }

  private Reply show(Visit visit) {
    List<AccountCards.Card> cards = accounts.all();
    List<Sync> syncs = hub.settings().syncs().values().stream().map(this::sync).toList();
    Map<String, Attention.OfSync> waiting =
        hub.attention().bySync().stream()
            .collect(Collectors.toMap(Attention.OfSync::sync, Function.identity(), (a, b) -> a));
    return Reply.page(
        "overview/overview",
        new View(
            cards,
            syncs,
            needs(cards, waiting),
            new DayBars(hub.days().last(DAYS)),
            steps(cards, syncs)));
  }

  private Sync sync(SyncSettings sync) {
    return new Sync(sync, last(sync.name()), upcoming.next(sync.name()).orElse(null));
  }

  /** That of the contacts, unless the lists before it failed, so that it did not begin. */
  private Runs.@Nullable Record last(String sync) {
    Runs.Record contacts = hub.runs().latestWhole(sync, Job.CONTACTS).orElse(null);
    return hub.runs()
        .latestWhole(sync, Job.LISTS)
        .filter(lists -> lists.state() == RunState.FAILED)
        .filter(lists -> contacts == null || lists.id() > contacts.id())
        .orElse(contacts);
  }

  private List<Need> needs(List<AccountCards.Card> cards, Map<String, Attention.OfSync> waiting) {
    List<Need> needs = new ArrayList<>();
    for (AccountCards.Card card : cards) {
      if (card.needsPerson()) {
        needs.add(new Need("Account " + card.name() + " " + card.words(), "/accounts", "bad"));
      }
    }
    hub.settings().syncs().keySet().stream()
        .flatMap(name -> Optional.ofNullable(waiting.get(name)).stream())
        .forEach(sync -> needs(sync, needs));
    return needs;
  }

  private static void needs(Attention.OfSync sync, List<Need> needs) {
    if (sync.heldRun() != null) {
      needs.add(
          new Need(
              sync.sync() + ": a plan is held and waits to be approved or rejected",
              "/runs/" + sync.heldRun(),
              "mind"));
    }
    if (sync.conflicts() > 0) {
      needs.add(
          new Need(
              sync.sync()
                  + ": "
                  + Words.count(sync.conflicts(), "address conflict", "address conflicts")
                  + " to decide",
              "/todo?sync=" + Words.inUrl(sync.sync()),
              "mind"));
    }
    if (sync.deadLetters() > 0) {
      needs.add(
          new Need(
              sync.sync()
                  + ": "
                  + Words.count(sync.deadLetters(), "dead letter", "dead letters")
                  + " to try again or dismiss",
              "/dead-letters?sync=" + Words.inUrl(sync.sync()),
              "bad"));
    }
    if (sync.staleGroups() > 0) {
      needs.add(
          new Need(
              sync.sync()
                  + ": "
                  + Words.count(sync.staleGroups(), "group was", "groups were")
                  + " not compared for two days",
              "/groups?sync=" + Words.inUrl(sync.sync()) + "&only=yes",
              "mind"));
    }
  }

  private static List<Step> steps(List<AccountCards.Card> cards, List<Sync> syncs) {
    boolean ran =
        syncs.stream()
            .anyMatch(sync -> sync.last() != null && sync.last().state() != RunState.FAILED);
    if (ran) {
      return List.of();
    }
    boolean connected =
        !cards.isEmpty() && cards.stream().noneMatch(AccountCards.Card::needsPerson);
    return List.of(
        new Step(
            "Name an account and a sync",
            "In config/application.properties; docs/tour.md shows the few lines it takes. Restart"
                + " afterwards.",
            null,
            !syncs.isEmpty() && !cards.isEmpty()),
        new Step(
            "Connect the account",
            "An administrator signs in at the provider once and lets Rollcall in.",
            "/accounts",
            connected),
        new Step(
            "Run the first sync",
            "Press \"Sync now\" on the page of groups, or wait for the schedule. To see beforehand"
                + " what it would do: rollcall sync NAME --dry-run.",
            "/groups",
            false));
  }
}
