package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.OnDemand;
import org.rollcall.hub.Hub;
import org.rollcall.route.Replays;
import org.rollcall.route.Syncs;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kept;
import org.rollcall.run.Masking;
import org.rollcall.run.Progress;
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
  private final OnDemand demand;
  private final Syncs syncs;

  DeadLettersPage(Hub hub, OnDemand demand, Syncs syncs) {
    this.hub = hub;
    this.demand = demand;
    this.syncs = syncs;
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
    List<Long> ids =
        all
            ? hub.deadLetters()
                .numbers(filter(sync, kind), RunsPage.number(visit.form("newest"), 0))
            : visit.forms("id").stream()
                .map(text -> RunsPage.number(Optional.of(text), -1))
                .filter(id -> id > 0)
                .toList();
    if (ids.isEmpty()) {
      return Reply.wrong("No dead letter is chosen", "Go back and tick the ones you mean.");
    }
    String by = visit.visitor().name();
    if (all) {
      String which =
          Words.number(ids.size()) + " dead letters" + (kind.isEmpty() ? "" : " of " + kind);
      note(by, done(replay) + "all dead letters of a filter", sync.isEmpty() ? null : sync, which);
    }
    settle(ids, replay, all, by);
    visit.tell(
        Words.count(ids.size(), "dead letter is ", "dead letters are ")
            + (replay ? "replayed; their syncs run again." : "dismissed."));
    return Reply.see(replay ? "/runs?soon=yes" : path(sync, kind, ""));
  }

  /** Few are settled while the person waits, many in the background; runs always there. */
  private void settle(List<Long> ids, boolean replay, boolean noted, String by) {
    Replays.Order order = Replays.Order.empty();
    Runnable settling = () -> ids.forEach(id -> settle(id, replay, order, noted ? null : by));
    boolean few = ids.size() <= AT_ONCE;
    if (few) {
      settling.run();
    }
    demand.start(
        done(replay) + ids.size() + " dead letters",
        () -> {
          if (!few) {
            settling.run();
          }
          hub.replays().run(order, syncs, Progress.NONE);
        });
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
    Optional<Kept> open =
        hub.deadLetters().find(id).filter(letter -> letter.state().equals("open"));
    if (open.isEmpty()) {
      return;
    }
    if (replay) {
      hub.replays().settle(id, order);
    } else {
      hub.deadLetters().settle(id, false);
    }
    if (by != null) {
      note(by, done(replay) + "a dead letter", open.get().sync(), "dead letter " + id);
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
