package org.rollcall.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.route.Replays;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kept;
import org.rollcall.run.Masking;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** What could not be processed: why, what to do, once more or put away. */
public final class DeadLettersPage {
  private static final int PAGE = 50;
  private static final int AT_ONCE = 200;

  private final Hub hub;
  private final Orders orders;

  DeadLettersPage(Hub hub, Orders orders) {
    this.hub = hub;
    this.orders = orders;
  }

  /** A letter with addresses and names masked. */
  public record Letter(Kept kept, String cause, String payload) {
    static Letter of(Kept kept) {
      return new Letter(
          kept, Masking.sentence(kept.cause()), Masking.payload(kept.kind(), kept.payload()));
    }
  }

  /**
   * What the page shows.
   *
   * @param sync only its letters, {@code kind} only of this kind; empty for all
   * @param open how many there are with this filter
   * @param newest the number up to which "all of them" reaches: what came later was not seen
   * @param next the path of older letters, absent at the end
   */
  public record View(
      String sync,
      String kind,
      List<DeadLetters.Heap> heaps,
      List<Letter> letters,
      long open,
      long newest,
      @Nullable String next) {
    /** The path of the first page with this filter. */
    public String path(String sync, String kind) {
      return DeadLettersPage.path(sync, kind, "");
    }
  }

  /** What a letter holds, unmasked. */
  public record Payload(long id, String text) {}

  void mount(Site site) {
    site.get("/dead-letters", Role.VIEWER, this::show);
    site.post("/dead-letters", Role.OPERATOR, this::settle);
    site.post("/dead-letters/:id/payload", Role.OPERATOR, this::payload);
  }

  private Reply show(Visit visit) {
    String sync = visit.query("sync").orElse("");
    String kind = visit.query("kind").orElse("");
    long before = RunsPage.number(visit.query("before"), Long.MAX_VALUE);
    List<Kept> found = hub.deadLetters().page(filter(sync, kind), before, PAGE + 1);
    List<Kept> shown = found.stream().limit(PAGE).toList();
    List<DeadLetters.Heap> heaps = hub.deadLetters().heaps();
    return Reply.page(
        "letters/all",
        new View(
            sync,
            kind,
            heaps,
            shown.stream().map(Letter::of).toList(),
            heaps.stream()
                .filter(heap -> sync.isEmpty() || heap.sync().equals(sync))
                .filter(heap -> kind.isEmpty() || heap.kind().equals(kind))
                .mapToLong(DeadLetters.Heap::letters)
                .sum(),
            shown.isEmpty() ? 0 : shown.get(0).id(),
            found.size() > PAGE
                ? path(sync, kind, Long.toString(shown.get(PAGE - 1).id()))
                : null));
  }

  private static DeadLetters.Filter filter(String sync, String kind) {
    return new DeadLetters.Filter(sync.isEmpty() ? null : sync, kind.isEmpty() ? null : kind);
  }

  private static String path(String sync, String kind, String before) {
    return Words.query("/dead-letters", "sync", sync, "kind", kind, "before", before);
  }

  private Reply settle(Visit visit) {
    String action = visit.form("action").orElse("");
    if (!action.matches("(replay|dismiss)(-all)?")) {
      return Reply.wrong("Replay or dismiss?", "Go back and press one of the two.");
    }
    boolean replay = action.startsWith("replay");
    boolean all = action.endsWith("-all");
    String sync = visit.form("sync").orElse("");
    String kind = visit.form("kind").orElse("");
    Map<String, List<Long>> chosen =
        all
            ? hub.deadLetters()
                .numbers(filter(sync, kind), RunsPage.number(visit.form("newest"), 0))
            : ticked(visit);
    int count = chosen.values().stream().mapToInt(List::size).sum();
    if (count == 0) {
      return Reply.wrong("No open dead letter is chosen", "Go back and tick the ones you mean.");
    }
    String by = visit.visitor().name();
    if (all) {
      String which = Words.number(count) + " dead letters" + (kind.isEmpty() ? "" : " of " + kind);
      note(by, done(replay) + "all dead letters of a filter", sync.isEmpty() ? null : sync, which);
    }
    chosen.forEach((of, ids) -> settle(of, ids, replay, all, by));
    visit.tell(
        Words.count(count, "dead letter is ", "dead letters are ")
            + (replay ? "replayed; their syncs run again." : "dismissed."));
    return Reply.see(replay ? "/runs?soon=yes" : path(sync, kind, ""));
  }

  /** Those that somebody else has settled meanwhile are left out. */
  private Map<String, List<Long>> ticked(Visit visit) {
    return visit.forms("id").stream()
        .map(text -> RunsPage.number(Optional.of(text), -1))
        .flatMap(id -> hub.deadLetters().find(id).stream())
        .filter(letter -> letter.state().equals("open"))
        .collect(
            Collectors.groupingBy(
                Kept::sync, TreeMap::new, Collectors.mapping(Kept::id, Collectors.toList())));
  }

  /** Few are settled while the person waits, many in the background; runs always there. */
  private void settle(String sync, List<Long> ids, boolean replay, boolean noted, String by) {
    Replays.Order order = Replays.Order.empty();
    Runnable settling = () -> ids.forEach(id -> settle(id, replay, order, noted ? null : by));
    boolean few = ids.size() <= AT_ONCE;
    if (few) {
      settling.run();
    }
    if (replay) {
      Wish.Work work =
          (syncs, progress) -> {
            if (!few) {
              settling.run();
            }
            return hub.replays().run(order, syncs, progress);
          };
      orders.place(Asker.console(by), Wish.replay(sync, ids, work));
    } else if (!few) {
      orders.place(Asker.console(by), Wish.dismissal(sync, ids, settling));
    }
  }

  private static String done(boolean replay) {
    return replay ? "replayed " : "dismissed ";
  }

  /**
   * One that somebody else has settled meanwhile is left out.
   *
   * @param by who to note for this one; absent when all are noted together
   */
  private void settle(long id, boolean replay, Replays.Order order, @Nullable String by) {
    String sync = replay ? hub.replays().settle(id, order) : hub.deadLetters().settle(id, false);
    if (sync != null && by != null) {
      note(by, done(replay) + "a dead letter", sync, "dead letter " + id);
    }
  }

  private void note(String by, String what, @Nullable String sync, String about) {
    hub.audit().note(Audit.Through.CONSOLE, by, what, sync, about);
  }

  private Reply payload(Visit visit) {
    long id = RunsPage.number(Optional.of(visit.path("id")), -1);
    Optional<Kept> letter = hub.deadLetters().find(id);
    if (letter.isEmpty()) {
      return Reply.missing("There is no such dead letter", "Look at the list of dead letters.");
    }
    note(
        visit.visitor().name(),
        "looked at what a dead letter holds",
        letter.get().sync(),
        "dead letter " + id);
    return Reply.page(
        visit.partial() ? "letters/payload" : "letters/one",
        new Payload(id, letter.get().payload()));
  }
}
