package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Order;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Placed;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** The reversal of a run: planned first, to be looked at, and carried out when somebody says so. */
public final class UndoPage {
  private final Hub hub;
  private final Orders orders;

  UndoPage(Hub hub, Orders orders) {
    this.hub = hub;
    this.orders = orders;
  }

  /**
   * The reversal of a run before it is made.
   *
   * @param order of somebody who wants to see it, absent when nobody has asked
   * @param reversal the newest one, absent while there is none
   * @param whyNot why the run cannot be undone at all
   * @param plan of the reversal, absent while it is being made
   */
  public record View(
      Runs.Record run,
      @Nullable Order order,
      Runs.@Nullable Record reversal,
      @Nullable String whyNot,
      RunPage.@Nullable Plan plan) {
    public String path() {
      return order == null ? undoPath(run) : undoPath(run) + "?order=" + order.order();
    }

    public boolean busy() {
      return order != null && !order.over();
    }

    /** What the order does at this moment, in words. */
    public String doing() {
      return order == null || order.doing() == null ? "" : order.doing();
    }

    /** Why the order came to nothing. */
    public @Nullable String trouble() {
      return order == null ? null : order.error();
    }

    /** The plan is there and can be carried out. */
    public boolean planned() {
      return reversal != null && reversal.state() == RunState.PLANNED;
    }
  }

  void mount(Site site) {
    site.get(
        "/runs/:run/undo", Role.OPERATOR, visit -> RunPage.of(hub, visit, run -> show(visit, run)));
    site.post(
        "/runs/:run/undo", Role.OPERATOR, visit -> RunPage.of(hub, visit, run -> undo(visit, run)));
  }

  private static String undoPath(Runs.Record run) {
    return "/runs/%d/undo".formatted(run.id());
  }

  private Reply show(Visit visit, Runs.Record run) {
    Order order = orders.find(RunsPage.number(visit.query("order"), -1)).orElse(null);
    Runs.Record reversal =
        (order == null ? hub.runs().reversal(run.id()) : reversal(order)).orElse(null);
    boolean ended = order == null || order.over();
    RunPage.Plan plan =
        ended && reversal != null && reversal.state() != RunState.RUNNING
            ? RunPage.firstOf(hub, reversal)
            : null;
    return Reply.page("runs/undo", new View(run, order, reversal, whyNot(run).orElse(null), plan));
  }

  private Optional<Runs.Record> reversal(Order order) {
    List<Long> runs = order.runs();
    return runs.isEmpty() ? Optional.empty() : hub.runs().find(runs.get(runs.size() - 1));
  }

  private Optional<String> whyNot(Runs.Record run) {
    return hub.settings().syncs().containsKey(run.sync())
        ? Runs.whyNotUndone(run)
        : Optional.of("its sync is no longer in the settings");
  }

  private Reply undo(Visit visit, Runs.Record run) {
    Optional<String> whyNot = whyNot(run);
    if (whyNot.isPresent()) {
      return Reply.wrong("This run cannot be undone", whyNot.get().concat("."));
    }
    boolean forGood = visit.form("really").isPresent();
    Placed placed = orders.place(Asker.console(visit.visitor().name()), Wish.undo(run, !forGood));
    return placed instanceof Placed.Taken taken
        ? taken(visit, run, taken.order(), forGood)
        : Reply.wrong("This run is not undone now", placed.sentence());
  }

  private static Reply taken(Visit visit, Runs.Record run, Order order, boolean forGood) {
    if (forGood) {
      visit.tell("The run is being taken back. Later plans wait for a person.");
      return Reply.see("/runs?soon=yes");
    }
    visit.tell("What would be taken back is being planned; nothing is sent. It shows here.");
    return Reply.see(undoPath(run) + "?order=" + order.order());
  }
}
