package org.rollcall.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Order;
import org.rollcall.demand.Orders;
import org.rollcall.hub.Hub;
import org.rollcall.run.RunProgress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** What is running at this moment: a part of other pages that renews itself. */
public final class LiveRuns {
  private static final Duration OUTCOMES_SHOWN = Duration.ofMinutes(10);
  private static final int MOST_OUTCOMES = 3;

  private final Hub hub;
  private final Orders orders;
  private final Clock clock = Clock.systemUTC();

  LiveRuns(Hub hub, Orders orders) {
    this.hub = hub;
    this.orders = orders;
  }

  /**
   * What the part shows.
   *
   * @param reload something has just ended, so that the counts beside it are to be asked for again
   */
  public record View(String sync, List<Item> runs, List<Wish> wishes, boolean reload) {
    public boolean busy() {
      return !runs.isEmpty() || wishes.stream().anyMatch(wish -> !wish.over());
    }

    /** Where the part is asked for again. */
    public String again() {
      return "/under-way?sync=" + Words.inUrl(sync) + (busy() ? "&busy=yes" : "");
    }
  }

  /** A run under way, on whatever node. */
  public record Item(Runs.Record run, @Nullable RunProgress progress) {
    public String phase() {
      return progress == null ? "beginning" : progress.phase();
    }

    /** Empty when nobody knows how much there is to do. */
    public Optional<Integer> percent() {
      return Optional.ofNullable(progress).flatMap(RunProgress::percent);
    }

    public String done() {
      if (progress == null || progress.done() == 0) {
        return "";
      }
      return progress.todo() > 0
          ? Words.number(progress.done()) + " of " + Words.number(progress.todo())
          : Words.number(progress.done());
    }

    public String left() {
      return Optional.ofNullable(progress)
          .flatMap(RunProgress::left)
          .map(left -> "about " + Words.about(left) + " left")
          .orElse("");
    }
  }

  /** What somebody asked for. */
  public record Wish(String what, String by, String doing, String outcome, boolean over) {}

  void mount(Site site) {
    site.get("/under-way", Role.VIEWER, this::show);
  }

  private Reply show(Visit visit) {
    String sync = visit.query("sync").orElse("");
    if (!hub.settings().syncs().containsKey(sync)) {
      return Reply.missing("There is no such sync", "Go to the overview.");
    }
    View view = view(sync);
    boolean ended = visit.query("busy").isPresent() && !view.busy();
    return Reply.page("groups/live", new View(sync, view.runs(), view.wishes(), ended));
  }

  View view(String sync) {
    List<Item> runs =
        hub.runs().underWay(sync).stream()
            .map(run -> new Item(run, hub.runs().progress(run.id()).orElse(null)))
            .toList();
    Instant recent = clock.instant().minus(OUTCOMES_SHOWN);
    List<Order> asked = orders.of(sync, recent);
    List<Wish> wishes =
        asked.stream()
            .limit(MOST_OUTCOMES + asked.stream().filter(order -> !order.over()).count())
            .map(this::wish)
            .toList();
    return new View(sync, runs, wishes, false);
  }

  private Wish wish(Order order) {
    String doing = order.doing() == null ? "" : order.doing();
    return new Wish(order.what(), order.askedBy(), doing, outcome(order), order.over());
  }

  /** How it ended, for a person; empty before. */
  private String outcome(Order order) {
    if (order.error() != null) {
      return order.error();
    }
    List<Long> runs = order.runs();
    return !order.over() || runs.isEmpty()
        ? ""
        : hub.runs().find(runs.get(runs.size() - 1)).map(LiveRuns::outcome).orElse("");
  }

  private static String outcome(Runs.Record last) {
    String why = last.error() == null ? last.heldReason() : last.error();
    String words = words(last.state());
    return why == null ? words + "." : words + ": " + why;
  }

  private static String words(RunState state) {
    return switch (state) {
      case COMPLETED -> "Done";
      case PARTIAL -> "Done, but not everything";
      case HELD -> "Held by the guard, a person has to decide";
      case FAILED -> "Failed";
      case PLANNED -> "Planned, nothing was sent";
      case RUNNING -> "Still running";
    };
  }
}
